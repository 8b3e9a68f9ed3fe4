import Foundation

/// What every call of the client may throw, besides `CancellationError` when its task was cancelled.
///
/// ```swift
/// do {
///     ...
/// } catch let error as RateLimitError {
///     print(error.retryAfter ?? 0, error.requestID ?? "")
/// } catch let error as APIStatusError {
///     print(error.status, error.body ?? .null)
/// }
/// ```
public class APIError: NSError, LocalizedError, @unchecked Sendable {
    // An NSError, because on Linux before Swift 6.2 Foundation takes every error that is a class for one, unchecked, and
    // `localizedDescription` crashes (swift-corelibs-foundation, issue 5221).
    // @unchecked: the tree is closed (not `open`), and every stored property in it is a constant of a Sendable type.

    /// What happened, with the method, path, status, the server's own message and the request id as far as known.
    public let message: String

    /// `code`: the status, where there is one.
    init(_ message: String, code: Int = 0) {
        self.message = message
        super.init(
            domain: String(reflecting: APIError.self), code: code, userInfo: [NSLocalizedDescriptionKey: message])
    }

    @available(*, unavailable, message: "errors are not archived")
    public required init?(coder: NSCoder) { nil }

    public override var description: String { message }
    public override var localizedDescription: String { message }
    public var errorDescription: String? { message }
}

/// No credential for a call that needs one. Nothing was sent; the message names what is missing.
public final class MissingCredentialError: APIError, @unchecked Sendable {}

/// The server answered with a status that is not a success.
public class APIStatusError: APIError, @unchecked Sendable {
    /// The HTTP status code, or its counterpart on a transport that is not HTTP.
    public let status: Int
    /// The answer's headers.
    public let headers: HTTPHeaders
    /// The answer's body when it is JSON.
    public let body: JSONValue?
    /// The answer's body as it came.
    public let rawBody: Data

    required init(message: String, status: Int, headers: HTTPHeaders, body: JSONValue?, rawBody: Data) {
        self.status = status
        self.headers = headers
        self.body = body
        self.rawBody = rawBody
        super.init(message, code: status)
    }

    @available(*, unavailable, message: "errors are not archived")
    public required init?(coder: NSCoder) { nil }

    /// What to quote when asking the server's operators.
    public var requestID: String? { headers["x-request-id"] }

    /// How long the server asks to wait before the next try, in seconds.
    public var retryAfter: TimeInterval? { headers.retryAfter }

    /// The answer's body as a type of the API; nil when it is no such value.
    ///
    /// ```swift
    /// catch let error as NotFoundError { print(error.decoded(as: Problem.self)?.title ?? "") }
    /// ```
    public func decoded<Value: JSONCodable>(as type: Value.Type = Value.self) -> Value? {
        body.flatMap { Value(jsonValue: $0) }
    }
}

/// 400: the request is malformed.
public final class BadRequestError: APIStatusError, @unchecked Sendable {}
/// 401: there is no key, or it is not valid.
public final class AuthenticationError: APIStatusError, @unchecked Sendable {}
/// 403: the key does not allow this.
public final class PermissionDeniedError: APIStatusError, @unchecked Sendable {}
/// 404: there is no such thing.
public final class NotFoundError: APIStatusError, @unchecked Sendable {}
/// 409: it contradicts the present state.
public final class ConflictError: APIStatusError, @unchecked Sendable {}
/// 422: the request is well-formed, but its values are not acceptable.
public final class UnprocessableEntityError: APIStatusError, @unchecked Sendable {}
/// 429: too many requests, or the quota is used up.
public final class RateLimitError: APIStatusError, @unchecked Sendable {}
/// 500 and above: the server failed.
public final class InternalServerError: APIStatusError, @unchecked Sendable {}

/// No answer came: the server could not be reached, or the connection broke.
public class APIConnectionError: APIError, @unchecked Sendable {
    /// What the platform reported.
    public let underlying: (any Error)?

    init(_ message: String, underlying: (any Error)? = nil) {
        self.underlying = underlying
        super.init(message)
    }

    @available(*, unavailable, message: "errors are not archived")
    public required init?(coder: NSCoder) { nil }
}

/// The answer took longer than allowed, or a stream was silent for longer than its idle timeout.
public final class APITimeoutError: APIConnectionError, @unchecked Sendable {}

/// The answer's body cannot be read as what was documented.
public final class APIDecodingError: APIError, @unchecked Sendable {
    /// The body, or the event's data, as it came.
    public let body: Data

    init(_ message: String, body: Data) {
        self.body = body
        super.init(message)
    }

    @available(*, unavailable, message: "errors are not archived")
    public required init?(coder: NSCoder) { nil }
}

/// A stream reported an error, or ended before it was complete.
public final class APIStreamError: APIError, @unchecked Sendable {
    /// The error event's data: JSON, or else a string.
    public let body: JSONValue?
    /// What the platform reported, when the connection broke.
    public let underlying: (any Error)?

    init(_ message: String, body: JSONValue? = nil, underlying: (any Error)? = nil) {
        self.body = body
        self.underlying = underlying
        super.init(message)
    }

    @available(*, unavailable, message: "errors are not archived")
    public required init?(coder: NSCoder) { nil }
}

extension APIStatusError {
    /// The error of this status. `call` is the method and path, for the message.
    static func make(call: String, status: Int, headers: HTTPHeaders, rawBody: Data) -> APIStatusError {
        let body = try? JSONValue(parsing: rawBody)
        let said = serverMessage(in: body) ?? String(String(decoding: rawBody.prefix(800), as: UTF8.self).prefix(200))
        var message = said.isEmpty ? "\(call): \(status)" : "\(call): \(status) \(said)"
        if let id = headers["x-request-id"] { message += " (request id \(id))" }
        let type: APIStatusError.Type
        switch status {
        case 400: type = BadRequestError.self
        case 401: type = AuthenticationError.self
        case 403: type = PermissionDeniedError.self
        case 404: type = NotFoundError.self
        case 409: type = ConflictError.self
        case 422: type = UnprocessableEntityError.self
        case 429: type = RateLimitError.self
        case 500...: type = InternalServerError.self
        default: type = APIStatusError.self
        }
        return type.init(message: message, status: status, headers: headers, body: body, rawBody: rawBody)
    }
}

/// The text that a server's error body has for people, wherever it is usual to put it.
func serverMessage(in body: JSONValue?) -> String? {
    guard let body else { return nil }
    let places = [body["error"]?["message"], body["message"], body["error"], body["detail"]]
    return places.lazy.compactMap { $0?.stringValue }.first { !$0.isEmpty }
}
