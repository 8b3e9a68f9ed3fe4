import Foundation

/// What every client can do, whatever its API.
public protocol APIClient: Sendable {
    /// What makes its calls.
    var core: ClientCore { get }

    /// A client that makes its calls with this.
    init(core: ClientCore)
}

extension APIClient {
    /// A client like this one, with some settings changed.
    ///
    /// ```swift
    /// let patient = client.withOptions { $0.timeout = 3600 }
    /// ```
    public func withOptions(_ change: (inout ClientSettings) -> Void) -> Self {
        var settings = core.settings
        change(&settings)
        return Self(core: ClientCore(settings, observer: core.observer))
    }

    /// Makes a call and gives its result together with the status and headers of the answer.
    ///
    /// ```swift
    /// let answer = try await client.withRawResponse { try await $0.models.list().firstPage() }
    /// print(answer.status, answer.headers["x-request-id"] ?? "", answer.value.data)
    /// ```
    ///
    /// - Parameter call: Makes one call with the client that it is given. After several calls, the last answer counts.
    public func withRawResponse<Value: Sendable>(
        _ call: @Sendable (Self) async throws -> Value
    ) async throws -> RawResponse<Value> {
        let last = LastResponse()
        let client = Self(core: ClientCore(core.settings, observer: { last.record($0) }))
        let value = try await call(client)
        guard let head = last.head else { throw APIError("no call was made in withRawResponse") }
        return RawResponse(value: value, status: head.status, headers: head.headers)
    }

    /// Calls an endpoint that is not documented, and gives its JSON answer back.
    public func get(
        _ path: String, query: [String: String] = [:], options: CallOptions = CallOptions()
    ) async throws -> JSONValue {
        try await request("GET", path, query: query, options: options)
    }

    /// Calls an endpoint that is not documented, and gives its JSON answer back.
    public func post(
        _ path: String, body: JSONValue? = nil, options: CallOptions = CallOptions()
    ) async throws -> JSONValue {
        try await request("POST", path, body: body, options: options)
    }

    /// Calls an endpoint that is not documented, and gives its JSON answer back.
    public func put(
        _ path: String, body: JSONValue? = nil, options: CallOptions = CallOptions()
    ) async throws -> JSONValue {
        try await request("PUT", path, body: body, options: options)
    }

    /// Calls an endpoint that is not documented, and gives its JSON answer back.
    public func patch(
        _ path: String, body: JSONValue? = nil, options: CallOptions = CallOptions()
    ) async throws -> JSONValue {
        try await request("PATCH", path, body: body, options: options)
    }

    /// Calls an endpoint that is not documented, and gives its JSON answer back; null when it has none.
    public func delete(
        _ path: String, body: JSONValue? = nil, options: CallOptions = CallOptions()
    ) async throws -> JSONValue {
        try await request("DELETE", path, body: body, options: options)
    }

    /// Calls an endpoint that is not documented.
    ///
    /// - Returns: The JSON answer as any type that can be read from JSON; null when the answer has no body.
    public func request<Value: JSONCodable>(
        _ method: String, _ path: String, query: [String: String] = [:], body: JSONValue? = nil,
        as type: Value.Type = JSONValue.self, options: CallOptions = CallOptions()
    ) async throws -> Value {
        // Any of the API's ways to prove who calls may be meant, or none.
        let security = core.settings.info.schemes.map { [$0.id] } + [[]]
        let operation = APIOperation(id: "\(method) \(path)", method: method, path: path, security: security)
        var request = core.request(operation, options)
        for (name, value) in query.sorted(by: { $0.key < $1.key }) { request.query(name, value) }
        request.json(body)
        let answer = try await core.whole(request)
        let json = answer.data.isEmpty ? JSONValue.null : try answer.json(request.label)
        return try core.decode(json, answer, request.label)
    }
}

/// Keeps the last answer that a client saw.
private final class LastResponse: @unchecked Sendable {
    // @unchecked: `value` is touched only while `lock` is held.
    private let lock = NSLock()
    private var value: ResponseHead?

    var head: ResponseHead? { lock.withLock { value } }

    func record(_ head: ResponseHead) { lock.withLock { value = head } }
}
