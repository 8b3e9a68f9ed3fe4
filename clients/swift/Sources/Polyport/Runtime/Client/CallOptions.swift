import Foundation

/// What one call does differently from the client's settings, or sends besides what the API documents.
public struct CallOptions: Sendable {
    /// How long the answer may take, in seconds.
    public var timeout: TimeInterval?
    /// How long a stream may be silent, in seconds.
    public var idleTimeout: TimeInterval?
    /// How often the call is tried again.
    public var maxRetries: Int?
    /// More headers; they replace the client's of the same name.
    public var headers: HTTPHeaders
    /// More query parameters.
    public var query: [String: String]
    /// More members of the JSON body; they replace those of the same name.
    public var body: JSONObject

    public init(
        timeout: TimeInterval? = nil, idleTimeout: TimeInterval? = nil, maxRetries: Int? = nil,
        headers: HTTPHeaders = [:], query: [String: String] = [:], body: JSONObject = [:]
    ) {
        self.timeout = timeout
        self.idleTimeout = idleTimeout
        self.maxRetries = maxRetries
        self.headers = headers
        self.query = query
        self.body = body
    }
}
