import Foundation
import XCTest

@testable import Runtime

/// Servers by name and their variables, which vectors (a base URL for every run) do not show.
final class ServerTests: XCTestCase {
    /// Each test has environment variables of its own.
    private func info(_ prefix: String = "PLACES") -> APIInfo {
        let region = APIServerVariable("\(prefix)_SERVER_REGION", default: "eu", values: ["eu", "us"])
        return APIInfo(
            package: "t/1", prefix: prefix, server: "https://eu.acme.test/v1", schemes: [], secretHeaders: [],
            servers: APIServers(
                [
                    APIServer("production", "https://{region}.acme.test/v1", variables: ["region": region]),
                    APIServer("sandbox", "https://sandbox.acme.test"),
                    APIServer(
                        "own", "https://{tenant}.own.test",
                        variables: ["tenant": APIServerVariable("\(prefix)_SERVER_TENANT")])
                ],
                own: [
                    "https://eu.up.test": [
                        APIServer(
                            "production", "https://{region}.up.test",
                            variables: ["region": APIServerVariable("\(prefix)_SERVER_REGION", default: "eu")]),
                        APIServer("sandbox", "https://sandbox.up.test")
                    ],
                    "/edge": [
                        APIServer(
                            "server-1", "/{edge}",
                            variables: ["edge": APIServerVariable("\(prefix)_SERVER_EDGE", default: "edge")])
                    ]
                ]))
    }

    private func settings(
        _ info: APIInfo, _ baseURL: String? = nil, server: String? = nil, variables: [String: String] = [:]
    ) -> ClientSettings {
        ClientSettings(
            info, baseURL: baseURL.flatMap { URL(string: $0) }, server: server, serverVariables: variables, apiKey: nil,
            tokenProvider: nil, credentials: [:], timeout: 5, idleTimeout: 5, maxRetries: 0, headers: [:],
            transport: nil,
            middleware: [], log: nil)
    }

    /// Where a call with that server of its own goes.
    private func url(_ settings: ClientSettings, own: String? = nil) throws -> String {
        let core = ClientCore(settings)
        var request = core.request(APIOperation(id: "x", method: "GET", path: "/x", server: own), CallOptions())
        request.server = try request.server.map { try settings.choice.server($0, settings.info.servers) }
        let transport = try XCTUnwrap(settings.transport as? HTTPTransport)
        return try transport.url(of: request).absoluteString
    }

    /// What a call says that cannot be made.
    private func refusal(_ settings: ClientSettings) async -> String {
        let error = await thrown { try await TestClient(core: ClientCore(settings)).get("/x") }
        return (error as? APIError)?.message ?? "\(String(describing: error))"
    }

    func testAServerIsChosenByItsNameAndItsVariablesAreFilledIn() throws {
        XCTAssertEqual(try url(settings(info())), "https://eu.acme.test/v1/x")
        XCTAssertEqual(try url(settings(info(), server: "sandbox")), "https://sandbox.acme.test/x")
        XCTAssertEqual(try url(settings(info(), variables: ["region": "us"])), "https://us.acme.test/v1/x")
        XCTAssertEqual(try url(settings(info(), server: "own", variables: ["tenant": "me"])), "https://me.own.test/x")
    }

    func testTheChoiceReachesTheServersOfSingleCalls() throws {
        let up = "https://eu.up.test"
        XCTAssertEqual(try url(settings(info()), own: up), "https://eu.up.test/x")
        XCTAssertEqual(try url(settings(info(), variables: ["region": "us"]), own: up), "https://us.up.test/x")
        XCTAssertEqual(try url(settings(info(), server: "sandbox"), own: up), "https://sandbox.up.test/x")
        XCTAssertEqual(try url(settings(info()), own: "https://other.test"), "https://other.test/x")
    }

    func testABaseURLStandsInForAllServersButThoseBesideIt() async throws {
        let mine = "https://mine.test/api?key=1"
        XCTAssertEqual(try url(settings(info(), mine), own: "https://eu.up.test"), "https://mine.test/api/x?key=1")
        XCTAssertEqual(
            try url(settings(info(), mine, variables: ["edge": "e2"]), own: "/edge"), "https://mine.test/e2/x?key=1")
        let both = await refusal(settings(info(), mine, variables: ["region": "us"]))
        XCTAssertEqual(both, "GET /x: give either baseURL or serverVariables for 'region', not both")
        let named = await refusal(settings(info(), mine, server: "sandbox"))
        XCTAssertEqual(named, "GET /x: give either baseURL or server, not both")
    }

    func testTheEnvironmentFillsInWhatTheArgumentsLeaveOut() async throws {
        let own = info("PLACES_ENV")
        setenv("PLACES_ENV_SERVER_REGION", "us", 1)
        XCTAssertEqual(try url(settings(own)), "https://us.acme.test/v1/x")
        XCTAssertEqual(try url(settings(own, variables: ["region": "eu"])), "https://eu.acme.test/v1/x")
        setenv("PLACES_ENV_SERVER", "sandbox", 1)
        XCTAssertEqual(try url(settings(own)), "https://sandbox.acme.test/x")
        setenv("PLACES_ENV_BASE_URL", "https://env.test", 1)
        XCTAssertEqual(try url(settings(own)), "https://env.test/x")
        XCTAssertEqual(try url(settings(own, server: "production")), "https://us.acme.test/v1/x")
        setenv("PLACES_ODD_SERVER_REGION", "moon", 1)
        let odd = await refusal(settings(info("PLACES_ODD")))
        XCTAssertTrue(odd.contains("PLACES_ODD_SERVER_REGION must be one of eu, us"), odd)
    }

    func testWhatCannotBeIsNamed() async {
        let moon = await refusal(settings(info(), server: "moon"))
        XCTAssertTrue(moon.contains("'moon' is no server of the API; it has 'production', 'sandbox', 'own'"), moon)
        let region = await refusal(settings(info(), variables: ["region": "moon"]))
        XCTAssertTrue(
            region.contains("region must be one of eu, us in 'https://{region}.acme.test/v1', not 'moon'"), region)
        let zone = await refusal(settings(info(), variables: ["zone": "a"]))
        XCTAssertTrue(zone.contains("'zone' is no variable of 'https://{region}.acme.test/v1' (it has region)"), zone)
        let tenant = await refusal(settings(info(), server: "own"))
        XCTAssertTrue(tenant.contains("needs 'tenant': give it in serverVariables or set PLACES_SERVER_TENANT"), tenant)
        let plain = APIInfo(package: "t/1", prefix: "P", server: "https://p.test", schemes: [], secretHeaders: [])
        let none = await refusal(settings(plain, variables: ["region": "eu"]))
        XCTAssertTrue(none.contains("'region' is no variable of the API's servers; they have none"), none)
    }
}
