import Foundation

@testable import Runtime

/// One vector: a call, and what a client must observe.
struct Vector: Sendable {
    let json: JSONValue

    var name: String { json["name"]?.stringValue ?? "" }
    var operation: String { json["operation"]?.stringValue ?? "" }
    var mode: String { json["mode"]?.stringValue ?? "plain" }
    var observe: JSONObject { json["observe"]?.objectValue ?? JSONObject() }

    var credentials: [String: Credential] {
        var found: [String: Credential] = [:]
        for member in setting("credentials")?.objectValue ?? JSONObject() {
            found[member.name] = Credential(member.value.stringValue ?? "")
        }
        return found
    }

    func setting(_ name: String) -> JSONValue? { json["client"]?[name] }
    func seconds(_ name: String) -> TimeInterval? { setting(name)?.doubleValue.map { $0 / 1000 } }
}

/// An observation in progress: the dispatcher fills it in while it makes the call.
final class VectorRun<Client: APIClient>: @unchecked Sendable {
    // @unchecked: one task writes, and others read only after it has ended.
    let vector: Vector
    let client: Client
    private(set) var result: JSONValue?
    private(set) var values: [Any] = []
    private(set) var status: Int?
    private(set) var headers = HTTPHeaders()

    init(_ vector: Vector, _ client: Client) {
        self.vector = vector
        self.client = client
    }

    /// The events or items so far, encoded again.
    var encoded: JSONValue { .array(values.compactMap { ($0 as? any JSONCodable)?.jsonValue }) }

    var isStreamed: Bool { vector.mode == "stream" }
    var isRaw: Bool { vector.mode == "events" }
    var isSummed: Bool { vector.mode == "sum" }
    var isPaged: Bool { vector.mode == "pages" }

    /// An argument, decoded as the call takes it; nil when the vector has none.
    func optional<Value: JSONCodable>(_ location: String, _ name: String) throws -> Value? {
        guard let json = vector.json["arguments"]?[location]?[name] else { return nil }
        return try decode(json, as: Value.self, "\(location) \(name)")
    }

    func required<Value: JSONCodable>(_ location: String, _ name: String) throws -> Value {
        guard let value: Value = try optional(location, name) else { throw Mismatch("no argument \(location) \(name)") }
        return value
    }

    func optionalBody<Value: JSONCodable>() throws -> Value? {
        guard let json = vector.json["arguments"]?["body"] else { return nil }
        return try decode(json, as: Value.self, "body")
    }

    func body<Value: JSONCodable>() throws -> Value {
        guard let value: Value = try optionalBody() else { throw Mismatch("no argument body") }
        return value
    }

    private func decode<Value: JSONCodable>(_ json: JSONValue, as type: Value.Type, _ what: String) throws -> Value {
        guard let value = Value(jsonValue: json) else { throw Mismatch("\(what) is no \(Value.self)") }
        return value
    }

    func plain<Value: JSONCodable>(_ call: @Sendable (Client) async throws -> Value) async throws {
        let answer = try await client.withRawResponse(call)
        record(answer, answer.value.jsonValue, [answer.value])
    }

    func void(_ call: @Sendable (Client) async throws -> Void) async throws {
        record(try await client.withRawResponse(call), .null, [])
    }

    func binary(_ call: @Sendable (Client) async throws -> BinaryResponse) async throws {
        let answer = try await client.withRawResponse(call)
        record(answer, ["base64": .string(try await answer.value.data().base64EncodedString())], [])
    }

    func mixed<Value: JSONCodable>(_ call: @Sendable (Client) async throws -> MixedAnswer<Value>) async throws {
        let answer = try await client.withRawResponse(call)
        switch answer.value {
        case .json(let value): record(answer, value.jsonValue, [value])
        case .text(let text): record(answer, .string(text), [text])
        case .binary(let file): record(answer, ["base64": .string(try await file.data().base64EncodedString())], [])
        }
    }

    func events<Value: JSONCodable>(_ stream: EventStream<Value>) async throws {
        if isRaw {
            for try await event in stream.events { values.append(shown(event)) }
            return
        }
        let limit = vector.json["cancel"]?["after_events"]?.intValue
        for try await event in stream {
            values.append(event)
            if values.count == limit { break }
        }
    }

    /// An event as it came, as vectors show it.
    private func shown(_ event: ServerSentEvent) -> JSONValue {
        var members = JSONObject()
        members["event"] = event.event.map(JSONValue.string)
        members["data"] = .string(event.data)
        members["id"] = event.id.map(JSONValue.string)
        members["retry"] = event.retry?.jsonValue
        return .object(members)
    }

    func items<Item: JSONCodable, Body: JSONCodable>(_ list: PagedList<Item, Body>) async throws {
        for try await item in list { values.append(item) }
    }

    /// Takes what the events of a stream add up to.
    func record<Value: JSONCodable>(sum: Value?) {
        result = sum?.jsonValue ?? .null
        values = sum.map { [$0] } ?? []
    }

    private func record<Value>(_ answer: RawResponse<Value>, _ result: JSONValue, _ values: [Any]) {
        self.result = result
        self.values = values
        status = answer.status
        headers = answer.headers
    }
}

/// Something that differs from what the vector says.
struct Mismatch: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}
