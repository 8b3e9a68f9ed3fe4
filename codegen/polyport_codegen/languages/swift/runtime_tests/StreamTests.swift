import Foundation
import XCTest

@testable import Runtime

final class StreamTests: XCTestCase {
    private func stream(
        _ transport: ScriptedTransport, terminator: String? = "[DONE]", answer: APIOperation.Answer? = nil
    ) -> EventStream<JSONValue> {
        let operation = APIOperation(
            id: "s", method: "POST", path: "/s", answer: answer ?? .events(terminator: terminator))
        let core = TestClient(transport).core
        return EventStream(core: core, request: core.request(operation, CallOptions()))
    }

    private func collect(_ stream: EventStream<JSONValue>) async -> ([JSONValue], (any Error)?) {
        var events: [JSONValue] = []
        let error = await thrown { for try await event in stream { events.append(event) } }
        return (events, error)
    }

    func testEventsUntilTheTerminator() async {
        let (events, error) = await collect(
            stream(ScriptedTransport(.bytes(["data: 1\n\nda", "ta: 2\n\ndata: [DONE]\n\ndata: 3\n\n"]))))
        XCTAssertEqual(events, [1, 2])
        XCTAssertNil(error)
    }

    func testACutIsNeverAQuietEnd() async {
        let (events, error) = await collect(stream(ScriptedTransport(.bytes(["data: 1\n\n"]))))
        XCTAssertEqual(events, [1])
        XCTAssertTrue(error is APIStreamError)
    }

    func testAnErrorInTheMiddle() async {
        let (events, error) = await collect(
            stream(ScriptedTransport(.bytes(["data: 1\n\ndata: {\"error\": {\"message\": \"tired\"}}\n\ndata: 2\n\n"])))
        )
        XCTAssertEqual(events, [1])
        XCTAssertEqual((error as? APIStreamError)?.body, ["error": ["message": "tired"]])
    }

    func testLinesWithAndWithoutALastLineEnd() async {
        let (events, error) = await collect(
            stream(ScriptedTransport(.bytes(["{\"a\":1}\r\n\n[2", "]\n3"])), answer: .lines))
        XCTAssertEqual(events, [["a": 1], [2], 3])
        XCTAssertNil(error)
    }

    func testATransportThatHasValuesInsteadOfText() async {
        let values = AsyncThrowingStream<JSONValue, any Error> { continuation in
            continuation.yield(["a": 1])
            continuation.finish()
        }
        let response = TransportResponse(status: 200, headers: [:], body: .events(Inflow(values)))
        let (events, error) = await collect(stream(ScriptedTransport(.success(response))))
        XCTAssertEqual(events, [["a": 1]])
        XCTAssertNil(error)
    }

    func testDeltasAddUp() async throws {
        let events: [JSONValue] = [
            [
                "id": "c",
                "notes": [
                    [
                        "index": 0,
                        "delta": [
                            "role": "a", "content": "Hel", "news": "on",
                            "calls": [["index": 0, "id": "t", "arguments": "{\"a"]]
                        ]
                    ]
                ]
            ],
            ["id": "c", "notes": [["index": 1, "delta": ["content": "x"]]], "usage": nil],
            [
                "id": "c",
                "notes": [
                    [
                        "index": 0,
                        "delta": [
                            "role": "a", "content": "lo", "news": "ce", "news_id": "n",
                            "calls": [["index": 0, "arguments": "\":1}"]]
                        ],
                        "end": "stop"
                    ]
                ]
            ],
            ["id": "c", "notes": [], "usage": ["total": 3]]
        ]
        let folders = AsyncStream<Folder> { continuation in
            for event in events.compactMap(Folder.init(jsonValue:)) { continuation.yield(event) }
            continuation.finish()
        }
        let whole = try await folders.accumulated()
        let calls: JSONValue = [["index": 0, "id": "t", "arguments": "{\"a\":1}"]]
        XCTAssertEqual(
            whole?.jsonValue,
            [
                "id": "c", "usage": ["total": 3],
                "notes": [
                    [
                        "index": 0,
                        "delta": [
                            "role": "a", "content": "Hello", "news": "once", "news_id": "n", "calls": calls
                        ],
                        "end": "stop"
                    ],
                    ["index": 1, "delta": ["content": "x"]]
                ]
            ])
        let answer = Folder.deltaRule.whole(whole?.jsonValue ?? .null)
        XCTAssertEqual(answer["object"], "folder")
        XCTAssertEqual(answer["notes"]?[0]?["message"]?["content"], "Hello")
        XCTAssertNil(answer["notes"]?[0]?["delta"])
        XCTAssertEqual(answer["notes"]?[0]?["message"]?["calls"], [["id": "t", "arguments": "{\"a\":1}"]])
        let none = try await AsyncStream<Folder> { $0.finish() }.accumulated()
        XCTAssertNil(none)
    }

    func testLeavingTheLoopClosesTheConnection() async throws {
        let closed = expectation(description: "closed")
        closed.assertForOverFulfill = false
        let transport = ScriptedTransport(.bytes(["data: 1\n\ndata: 2\n\n"], close: { closed.fulfill() }))
        for try await _ in stream(transport) { break }
        await fulfillment(of: [closed], timeout: 5)
    }

    func testATransportsOwnStreamCanBeStopped() async throws {
        let (silent, keptBytes) = AsyncThrowingStream<Data, any Error>.makeStream()
        let watch = IdleWatch(Inflow(silent), seconds: 0.05)
        let error = await thrown { try await watch.next() }
        XCTAssertTrue(error is APITimeoutError, "\(error as Any)")
        keptBytes.finish()
        let (events, keptEvents) = AsyncThrowingStream<JSONValue, any Error>.makeStream()
        keptEvents.yield(1)
        let transport = ScriptedTransport(
            .success(TransportResponse(status: 200, headers: [:], body: .events(Inflow(events)))))
        let streamed = stream(transport)
        let reading = Task {
            for try await _ in streamed {}
        }
        try await pause(0.05)
        reading.cancel()
        let cancelled = await thrown { try await reading.value }
        XCTAssertTrue(cancelled is CancellationError, "\(cancelled as Any)")
        keptEvents.finish()
    }

    func testEachIterationIsACall() async throws {
        let transport = ScriptedTransport(
            .bytes(["data: 1\n\ndata: [DONE]\n\n"]), .bytes(["data: 2\n\ndata: [DONE]\n\n"]))
        let cold = stream(transport)
        XCTAssertEqual(transport.requests.count, 0)
        let first = await collect(cold).0
        let second = await collect(cold).0
        XCTAssertEqual([first, second], [[1], [2]])
    }

    func testTheHeadOfAStream() async throws {
        let open = try await stream(ScriptedTransport(.bytes(["data: 1\n\ndata: [DONE]\n\n"]))).open()
        XCTAssertEqual(open.head.status, 200)
        var events: [JSONValue] = []
        for try await event in open { events.append(event) }
        XCTAssertEqual(events, [1])
    }

    func testADownloadReplacesAFileOnlyWhenItIsComplete() async throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("download-\(UUID().uuidString)")
        try Data("old".utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let broken = ByteStream(read: { throw APIConnectionError("gone") }, close: {})
        let transport = ScriptedTransport(
            .success(TransportResponse(status: 200, headers: [:], body: .bytes(broken))), .bytes(["ne", "w"]))
        let core = TestClient(transport).core
        let request = core.request(APIOperation(id: "d", method: "GET", path: "/d", answer: .binary), CallOptions())
        let error = await thrown { try await core.binary(request).write(to: file) }
        XCTAssertTrue(error is APIConnectionError)
        XCTAssertEqual(try Data(contentsOf: file), Data("old".utf8))
        try await core.binary(request).write(to: file)
        XCTAssertEqual(try Data(contentsOf: file), Data("new".utf8))
    }

    func testADownloadNeverReplacesAFolder() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("folder-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let kept = folder.appendingPathComponent("kept")
        try Data("kept".utf8).write(to: kept)
        let core = TestClient(ScriptedTransport(.bytes(["new"]))).core
        let request = core.request(APIOperation(id: "d", method: "GET", path: "/d", answer: .binary), CallOptions())
        let error = await thrown { try await core.binary(request).write(to: folder) }
        XCTAssertNotNil(error)
        XCTAssertEqual(try Data(contentsOf: kept), Data("kept".utf8))
    }
}
