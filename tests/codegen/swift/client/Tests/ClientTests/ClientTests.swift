import Foundation
import Polyport
import XCTest

/// Uses the client as its README and the project's own do, over a transport that answers from memory.
final class ClientTests: XCTestCase {
    /// Answers chats, plain and streamed, and lists of models.
    private struct Memory: Transport {
        func send(_ request: TransportRequest) async throws -> TransportResponse {
            guard case .json(let body) = request.body else {
                let models: JSONValue = ["object": "list", "data": [["id": "a"], ["id": "b"]]]
                return TransportResponse(status: 200, headers: [:], body: .json(models))
            }
            if body["model"] == "busy" {
                let error: JSONValue = ["error": ["message": "later", "type": "rate_limit"]]
                let headers: HTTPHeaders = ["Retry-After-Ms": "1", "X-Request-Id": "r1"]
                return TransportResponse(status: 429, headers: headers, body: .json(error))
            }
            let said = body["messages"]?[0]?["content"]?.stringValue ?? ""
            if body["stream"] == true {
                let words = AsyncThrowingStream<JSONValue, any Error> { continuation in
                    for word in said.split(separator: " ") {
                        continuation.yield([
                            "id": "c", "choices": [["index": 0, "delta": ["content": .string("\(word)")]]]
                        ])
                    }
                    continuation.finish()
                }
                return TransportResponse(status: 200, headers: [:], body: .events(Inflow(words)))
            }
            let message: JSONValue = ["role": "assistant", "content": .string(said)]
            let choice: JSONValue = ["index": 0, "finish_reason": "stop", "message": message]
            return TransportResponse(
                status: 200, headers: ["ETag": "e"], body: .json(["id": "c", "choices": [choice]]))
        }
    }

    private let client = Polyport(transport: Memory())

    func testAskPlainly() async throws {
        let reply = try await client.chat.completions.create(
            model: "smollm2-135m", messages: [.user("Hi")], temperature: 0.2)
        XCTAssertEqual(reply.choices.first?.message.content, "Hi")
        XCTAssertEqual(reply.choices.first?.finishReason, .stop)
    }

    func testAskWithVariables() async throws {
        let (model, question, temperature, seed) = ("smollm2-135m", "Why?", 0.5, Int?.none)
        let reply = try await client.chat.completions.create(
            model: model, messages: [.system("Be brief."), .user(question)], temperature: temperature, seed: seed)
        XCTAssertEqual(reply.choices.first?.message.content, "Be brief.")
    }

    func testStream() async throws {
        var words: [String] = []
        let messages: [ChatMessage] = [.user("one two three")]
        for try await chunk in client.chat.completions.createStreaming(model: "m", messages: messages) {
            words.append(chunk.choices.first?.delta.content ?? "")
        }
        XCTAssertEqual(words, ["one", "two", "three"])
    }

    func testPartsOfAMessageAreMatched() throws {
        let message = ChatMessage.user([.text("What is this?"), .imageURL(ImageURL(url: "https://x/cat.png"))])
        guard case .user(let user) = message, case .list(let parts) = user.content else { return XCTFail("not a list") }
        let kinds = parts.map { part in
            switch part {
            case .text(let text): return text.text
            case .imageURL(let image): return image.imageURL.url
            default: return "unknown"
            }
        }
        XCTAssertEqual(kinds, ["What is this?", "https://x/cat.png"])
        XCTAssertEqual(ChatMessage(jsonValue: message.jsonValue), message)
    }

    func testErrorsHaveTypes() async throws {
        do {
            _ = try await client.chat.completions.create(
                model: "busy", messages: [.user("Hi")], options: CallOptions(maxRetries: 1))
            XCTFail("no error")
        } catch let error as RateLimitError {
            XCTAssertEqual(error.retryAfter, 0.001)
            XCTAssertEqual(error.requestID, "r1")
            XCTAssertEqual(error.message, "POST /v1/chat/completions: 429 later (request id r1)")
        }
    }

    func testPagesAndRawResponses() async throws {
        var ids: [String] = []
        for try await model in client.models.list() { ids.append(model.id) }
        XCTAssertEqual(ids, ["a", "b"])
        let page = try await client.models.list().firstPage()
        XCTAssertEqual(page.data.count, 2)
        XCTAssertFalse(page.hasNextPage)
        let raw = try await client.withRawResponse {
            try await $0.chat.completions.create(model: "m", messages: [.user("Hi")])
        }
        XCTAssertEqual(raw.status, 200)
        XCTAssertEqual(raw.headers["etag"], "e")
    }
}
