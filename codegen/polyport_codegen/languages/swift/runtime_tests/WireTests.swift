import Foundation
import XCTest

@testable import Runtime

final class WireTests: XCTestCase {
    private func argument(
        _ location: APIArgument.Location, _ value: JSONValue, _ style: ParameterStyle, explode: Bool = false
    ) -> APIArgument {
        APIArgument(location: location, name: "p", value: value, style: style, explode: explode, allowReserved: false)
    }

    /// OpenAPI 3.1, "Style Examples".
    func testParameterStyles() throws {
        let list: JSONValue = ["blue", "black", "brown"]
        let object: JSONValue = ["R": 100, "G": 200]
        let paths: [(JSONValue, ParameterStyle, Bool, String)] = [
            (list, .simple, false, "blue,black,brown"), (object, .simple, true, "R=100,G=200"),
            (list, .label, false, ".blue,black,brown"), (list, .label, true, ".blue.black.brown"),
            (object, .label, true, ".R=100.G=200"), (list, .matrix, false, ";p=blue,black,brown"),
            (list, .matrix, true, ";p=blue;p=black;p=brown"), (object, .matrix, false, ";p=R,100,G,200"),
            (object, .matrix, true, ";R=100;G=200"), ("a/ü", .simple, false, "a%2F%C3%BC")
        ]
        for (value, style, explode, expected) in paths {
            XCTAssertEqual(
                try ParameterEncoding.path("/x/{p}", [argument(.path, value, style, explode: explode)]),
                "/x/\(expected)")
        }
        let queries: [(JSONValue, ParameterStyle, Bool, [String])] = [
            (list, .form, true, ["p=blue", "p=black", "p=brown"]), (list, .form, false, ["p=blue,black,brown"]),
            (object, .form, true, ["R=100", "G=200"]), (object, .form, false, ["p=R,100,G,200"]),
            (list, .spaceDelimited, false, ["p=blue%20black%20brown"]),
            (list, .pipeDelimited, false, ["p=blue%7Cblack%7Cbrown"]),
            (object, .deepObject, true, ["p%5BR%5D=100", "p%5BG%5D=200"]),
            (["a": [1]], .json, false, ["p=%7B%22a%22%3A%5B1%5D%7D"]),
            ([], .form, false, []), (true, .form, true, ["p=true"])
        ]
        for (value, style, explode, expected) in queries {
            XCTAssertEqual(ParameterEncoding.query([argument(.query, value, style, explode: explode)]), expected)
        }
    }

    func testAPathParameterCannotNameAnotherPath() {
        for value in ["", ".", ".."] {
            XCTAssertThrowsError(try ParameterEncoding.path("/x/{p}", [argument(.path, .string(value), .simple)]))
        }
    }

    func testEventsAreTheSameHoweverSplit() {
        let text =
            "\u{FEFF}: hello\r\ndata: Grüß\r\ndata: 😀\r\n\r\nevent: e\rid: 7\rretry: 12\rdata:x\r\rdata\n\ndata: cut"
        let bytes = Array(text.utf8)
        var whole = SSEParser()
        let expected = whole.feed(Data(bytes))
        XCTAssertEqual(expected.map(\.data), ["Grüß\n😀", "x", ""])
        XCTAssertEqual(expected.map(\.event), [nil, "e", nil])
        XCTAssertEqual(expected[1].retry, 12)
        XCTAssertEqual(expected[2].id, "7")
        for size in 1...9 {
            var parser = SSEParser()
            var events: [ServerSentEvent] = []
            for start in stride(from: 0, to: bytes.count, by: size) {
                events += parser.feed(Data(bytes[start..<min(start + size, bytes.count)]))
            }
            XCTAssertEqual(events, expected, "in pieces of \(size)")
        }
    }

    func testMultipart() throws {
        var form = FormFields()
        form.add("purpose", "tests")
        form.add("tags", ["a", "b"])
        form.add("range", ["min": 1] as JSONValue)
        form.add("file", Upload(Data("x".utf8), filename: "a\"b.txt", contentType: "text/plain"))
        form.add("absent", String?.none)
        let body = try form.multipart(boundary: "B").reduce(into: Data()) { $0.append(try $1.data()) }
        let part = "--B\r\nContent-Disposition: form-data; name="
        XCTAssertEqual(
            String(decoding: body, as: UTF8.self),
            part + "\"purpose\"\r\n\r\ntests\r\n" + part + "\"tags\"\r\n\r\na\r\n" + part + "\"tags\"\r\n\r\nb\r\n"
                + part
                + "\"range\"\r\nContent-Type: application/json\r\n\r\n{\"min\":1}\r\n" + part
                + "\"file\"; filename=\"a%22b.txt\"\r\nContent-Type: text/plain\r\n\r\nx\r\n--B--\r\n")
    }

    func testLargeFilesAreSpooledAndCleanedUp() throws {
        let source = FileManager.default.temporaryDirectory.appendingPathComponent("source-\(UUID().uuidString)")
        try Data(repeating: 7, count: 9 << 20).write(to: source)
        defer { try? FileManager.default.removeItem(at: source) }
        var form = FormFields()
        form.add("file", Upload(source))
        var spooled: URL?
        do {
            let payload = try RequestPayload(.multipart(form))
            guard case .file(let url, _) = payload.content else { return XCTFail("not spooled") }
            spooled = url
            XCTAssertGreaterThan(try Upload(url).size(), 9 << 20)
        }
        XCTAssertFalse(FileManager.default.fileExists(atPath: try XCTUnwrap(spooled).path))
    }

    func testAFastWriterIsRefusedRatherThanBuffered() async throws {
        let pipe = BytePipe(limit: 3)
        XCTAssertTrue(pipe.write(Data([1, 2])))
        XCTAssertFalse(pipe.write(Data([3, 4])))
        let first = try await pipe.read()
        XCTAssertEqual(first, Data([1, 2, 3, 4]))
        let error = await thrown { try await pipe.read() }
        XCTAssertTrue(error is APIConnectionError)
    }

    func testAPipeHasOneReaderAtATime() async throws {
        let pipe = BytePipe(limit: 3)
        async let outcomes = withTaskGroup(of: Bool.self) { group in
            for _ in 0..<2 { group.addTask { await thrown { try await pipe.read() } is APIError } }
            return await group.reduce(into: [Bool]()) { $0.append($1) }
        }
        // The second reader fails at once; only then is there something for the first.
        try await pause(0.05)
        pipe.finish(.success(()))
        let failed = await outcomes
        XCTAssertEqual(failed.filter { $0 }.count, 1)
    }

    func testAFileThatIsNotThereIsNamed() async {
        let file = URL(fileURLWithPath: "/nowhere/at-all.bin")
        var form = FormFields()
        form.add("file", Upload(file))
        let transport = HTTPTransport(baseURL: URL(string: "http://127.0.0.1:9")!)
        for body in [RequestBody.binary(Upload(file), contentType: "image/png"), .multipart(form)] {
            var request = TransportRequest(APIOperation(id: "u", method: "POST", path: "/u"))
            request.body = body
            let error = await thrown { try await transport.send(request) }
            XCTAssertTrue(
                "\(error.map { "\($0)" } ?? "")".contains("POST /u: a file to send cannot be read"), "\(error as Any)")
        }
    }

    func testABaseURLMayHaveAQuery() throws {
        let transport = HTTPTransport(baseURL: URL(string: "https://a.example/v1/?api-version=2")!)
        var request = TransportRequest(APIOperation(id: "x", method: "GET", path: "/x"))
        XCTAssertEqual(try transport.url(of: request).absoluteString, "https://a.example/v1/x?api-version=2")
        request.query("q", "a b")
        XCTAssertEqual(try transport.url(of: request).absoluteString, "https://a.example/v1/x?api-version=2&q=a%20b")
    }

    func testRetryAfter() throws {
        XCTAssertEqual(HTTPHeaders(["Retry-After-Ms": "1500", "Retry-After": "9"]).retryAfter, 1.5)
        XCTAssertEqual(HTTPHeaders(["retry-after": "2"]).retryAfter, 2)
        XCTAssertEqual(HTTPHeaders(["Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT"]).retryAfter, 0)
        XCTAssertNil(HTTPHeaders(["Retry-After": "soon"]).retryAfter)
        let policy = RetryPolicy()
        let asked = APIStatusError.make(call: "GET /", status: 429, headers: ["Retry-After": "3"], rawBody: Data())
        XCTAssertEqual(policy.delay(after: asked, tries: 1), 3)
        let tooLong = APIStatusError.make(call: "GET /", status: 429, headers: ["Retry-After": "3000"], rawBody: Data())
        XCTAssertTrue((0.75...1).contains(policy.delay(after: tooLong, tries: 2)))
        XCTAssertTrue((6...8).contains(policy.delay(after: tooLong, tries: 20)))
    }
}
