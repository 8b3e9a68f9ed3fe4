import Foundation
import XCTest

@testable import Runtime

final class ClientTests: XCTestCase {
    func testRetriesKeepOneIdempotencyKey() async throws {
        let transport = ScriptedTransport(
            .json(["error": ["message": "busy"]], status: 503), .failure(APIConnectionError("gone")),
            .json(["ok": true]))
        let answer = try await TestClient(transport).post("/x", body: ["a": 1])
        XCTAssertEqual(answer, ["ok": true])
        let keys = Set(transport.requests.map { $0.headers["idempotency-key"] })
        XCTAssertEqual(transport.requests.count, 3)
        XCTAssertEqual(keys.count, 1)
        XCTAssertNotNil(keys.first ?? nil)
    }

    func testErrorsAreCaughtByTypeAndSayWhatHappened() async throws {
        let refused: JSONValue = ["error": ["message": "no such thing"]]
        let transport = ScriptedTransport(.json(refused, status: 404, headers: ["X-Request-Id": "r1"]))
        do {
            _ = try await TestClient(transport, apiKey: "secret-key").get("/things/1")
            XCTFail("no error")
        } catch let error as NotFoundError {
            XCTAssertEqual(error.message, "GET /things/1: 404 no such thing (request id r1)")
            XCTAssertEqual(error.requestID, "r1")
            XCTAssertEqual(error.body, refused)
        }
        // On Linux Foundation takes every error that is a class for an NSError.
        for status in [400, 401, 403, 404, 409, 418, 422, 429, 500] {
            let error: any Error = APIStatusError.make(call: "GET /", status: status, headers: [:], rawBody: Data())
            XCTAssertEqual(error.localizedDescription, "GET /: \(status)")
            XCTAssertEqual((error as NSError).code, status)
        }
        let others: [any Error] = [
            MissingCredentialError("m"), APIConnectionError("m"), APITimeoutError("m"),
            APIDecodingError("m", body: Data()), APIStreamError("m")
        ]
        XCTAssertEqual(others.map(\.localizedDescription), Array(repeating: "m", count: others.count))
        XCTAssertEqual(transport.requests.first?.headers["Authorization"], "Bearer secret-key")
    }

    func testOptionsOfOneCallAndOfACopyOfTheClient() async throws {
        let transport = ScriptedTransport(.json(1, status: 500), .json(2, status: 500), .json(3))
        let client = TestClient(transport)
        let options = CallOptions(
            timeout: 1, maxRetries: 0, headers: ["X-Default": "mine"], query: ["q": "1"], body: ["extra": true])
        let error = await thrown { try await client.post("/x", body: ["a": 1], options: options) }
        XCTAssertTrue(error is InternalServerError)
        let request = try XCTUnwrap(transport.requests.first)
        XCTAssertEqual(request.headers["x-default"], "mine")
        XCTAssertEqual(request.extraQuery.map(\.name), ["q"])
        guard case .json(let body) = request.body else { return XCTFail("no JSON body") }
        XCTAssertEqual(body, ["a": 1, "extra": true])
        let stubborn = await thrown { try await client.withOptions { $0.maxRetries = 0 }.get("/x") }
        XCTAssertTrue(stubborn is InternalServerError)
        XCTAssertEqual(transport.requests.count, 2)
    }

    func testMembersForABodyThatIsNotThereAreRefused() async {
        let transport = ScriptedTransport(.json(1))
        let core = TestClient(transport).core
        let request = core.request(APIOperation(id: "x", method: "GET", path: "/x"), CallOptions(body: ["a": 1]))
        let error = await thrown { try await core.void(request) }
        XCTAssertEqual(
            (error as? APIError)?.message, "GET /x: the members of options.body need a body with members to go into")
        XCTAssertEqual(transport.requests.count, 0)
    }

    func testTheRawResponseComesWithTheValue() async throws {
        let transport = ScriptedTransport(.json(["a": 1], status: 201, headers: ["ETag": "e"]))
        let answer = try await TestClient(transport).withRawResponse { try await $0.get("/x") }
        XCTAssertEqual(answer.status, 201)
        XCTAssertEqual(answer.headers["etag"], "e")
        XCTAssertEqual(answer.value, ["a": 1])
    }

    func testMiddlewareSeesEachTryFromTheOutsideIn() async throws {
        struct Named: Middleware {
            let name: String
            func intercept(_ request: TransportRequest, next: @escaping Next) async throws -> TransportResponse {
                var request = request
                request.headers["X-Trace"] = (request.headers["X-Trace"] ?? "") + name
                return try await next(request)
            }
        }
        let transport = ScriptedTransport(.json(0, status: 500), .json(1))
        _ = try await TestClient(transport, middleware: [Named(name: "a"), Named(name: "b")]).get("/x")
        XCTAssertEqual(transport.requests.map { $0.headers["x-trace"] }, ["ab", "ab"])
    }

    func testLogsNeverShowKeys() async throws {
        final class Lines: @unchecked Sendable {
            // @unchecked: `all` is touched only while `lock` is held.
            private let lock = NSLock()
            private var all: [String] = []
            var text: String { lock.withLock { all.joined(separator: "\n") } }
            func add(_ line: String) { lock.withLock { all.append(line) } }
        }
        let lines = Lines()
        let transport = ScriptedTransport(.json(1))
        let log = ClientLog(level: .debug) { lines.add($0) }
        _ = try await TestClient(transport, apiKey: "secret-key", log: log).get("/x")
        XCTAssertTrue(lines.text.contains("GET /x: 200"), lines.text)
        XCTAssertTrue(lines.text.contains("Authorization: ***"), lines.text)
        XCTAssertFalse(lines.text.contains("secret-key"), lines.text)
        let request = try XCTUnwrap(transport.requests.first)
        for text in ["\(request)", String(reflecting: request)] {
            XCTAssertTrue(text.contains("GET /x") && text.contains("Authorization: ***"), text)
            XCTAssertFalse(text.contains("secret-key"), text)
        }
        XCTAssertTrue("\(request.headers)".contains("Authorization: ***"))
    }

    func testTheItemsOfAListEndWithAnError() async throws {
        let transport = ScriptedTransport(
            .json(["data": [1], "next": "c"]), .json("no", status: 400), .json(["data": [2]]))
        let core = TestClient(transport).core
        let rule = PageRule(style: .cursor, items: ["data"], parameter: "after", nextCursor: ["next"])
        let request = core.request(APIOperation(id: "l", method: "GET", path: "/l"), CallOptions())
        var items = PagedList<JSONValue, JSONValue>(core: core, request: request, rule: rule).makeAsyncIterator()
        let first = try await items.next()
        XCTAssertEqual(first, 1)
        do {
            _ = try await items.next()
            XCTFail("no error")
        } catch {
            XCTAssertTrue(error is BadRequestError)
        }
        let last = try await items.next()
        XCTAssertNil(last)
    }

    func testAnAnswerOfSeveralFormsIsWhatItsMediaTypeSays() {
        let all = APIOperation.Answer.any([.json, .text, .binary])
        XCTAssertEqual(all.form(of: "application/json; charset=utf-8"), .json)
        XCTAssertEqual(all.form(of: "text/csv"), .text)
        XCTAssertEqual(all.form(of: "image/png"), .binary)
        XCTAssertEqual(all.form(of: nil), .binary)
        XCTAssertEqual(APIOperation.Answer.any([.json, .text]).form(of: "image/png"), .text)
        XCTAssertEqual(APIOperation.Answer.any([.json, .binary]).form(of: "text/csv"), .binary)
    }

    func testWithoutABaseURLACallSaysWhatToDo() async {
        let info = APIInfo(package: "t/1", prefix: "NOWHERE", server: "", schemes: [], secretHeaders: [])
        let settings = ClientSettings(
            info, baseURL: nil, apiKey: nil, tokenProvider: nil, credentials: [:], timeout: 5, idleTimeout: 5,
            maxRetries: 0, headers: [:], transport: nil, middleware: [], log: nil)
        let error = await thrown { try await TestClient(core: ClientCore(settings)).get("/x") }
        XCTAssertEqual(
            (error as? APIError)?.message, "GET /x: there is no base URL: pass baseURL, or set NOWHERE_BASE_URL")
    }

    func testACredentialOfNoSchemeIsRefused() async {
        let transport = ScriptedTransport(.json(1))
        let client = TestClient(transport).withOptions { $0.credentials = ["other": "x"] }
        let error = await thrown { try await client.get("/x") }
        XCTAssertTrue("\(error.map { "\($0)" } ?? "")".contains("'other' is no security scheme"))
        XCTAssertTrue(transport.requests.isEmpty)
    }

    func testAnEmptyBodyIsNotJSON() async {
        let transport = ScriptedTransport(.bytes([]))
        let client = TestClient(transport)
        let request = client.core.request(APIOperation(id: "x", method: "GET", path: "/x"), CallOptions())
        let error = await thrown { try await client.core.json(request, as: JSONValue.self) }
        XCTAssertEqual((error as? APIDecodingError)?.message, "GET /x: empty body")
    }

    func testTheTimeIsUp() async {
        struct Silent: Transport {
            func send(_ request: TransportRequest) async throws -> TransportResponse {
                try await pause(60)
                throw APIConnectionError("never reached")
            }
        }
        let options = CallOptions(timeout: 0.05, maxRetries: 0)
        let error = await thrown { try await TestClient(Silent()).get("/x", options: options) }
        XCTAssertTrue(error is APITimeoutError, "\(String(describing: error))")
    }

    func testACancelledCallSaysSo() async {
        struct Silent: Transport {
            func send(_ request: TransportRequest) async throws -> TransportResponse {
                try await pause(60)
                throw APIConnectionError("never reached")
            }
        }
        let task = Task { try await TestClient(Silent()).get("/x") }
        task.cancel()
        let error = await thrown { try await task.value }
        XCTAssertTrue(error is CancellationError, "\(String(describing: error))")
    }
}
