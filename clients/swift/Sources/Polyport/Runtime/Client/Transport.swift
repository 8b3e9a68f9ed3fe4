import Foundation

/// One operation of the API, as documented.
public struct APIOperation: Hashable, Sendable {
    /// What the answer is asked to be.
    public enum Answer: Hashable, Sendable {
        case json
        case text
        case binary
        /// Server-sent events; the data that ends them, when the API has one, and what is given of them.
        case events(terminator: String?, form: EventForm = .json)
        /// One JSON value a line.
        case lines
        /// Any of several, the most telling first: what the answer's `Content-Type` says.
        case any([Answer])
    }

    /// What an event of a stream gives.
    public enum EventForm: Hashable, Sendable {
        /// Its data, which is JSON.
        case json
        /// Its data as it is.
        case text
        /// An object of all that it has; the data is a text for events of these names ("" for those without one).
        case whole(texts: Set<String>)
    }

    /// The operation's id in the API's description.
    public let id: String
    /// The HTTP method, in upper case.
    public let method: String
    /// The path with `{name}` where parameters go.
    public let path: String
    public let answer: Answer
    /// The media type asked for.
    public let accept: String
    /// The schemes whose credentials are sent: any of these will do, all members of one together, and an empty one
    /// means that none is needed.
    public let security: [[String]]
    /// The server of this call alone; it may be relative to the client's.
    public let server: String?

    public init(
        id: String, method: String, path: String, answer: Answer = .json, accept: String = "application/json",
        security: [[String]] = [], server: String? = nil
    ) {
        self.id = id
        self.method = method
        self.path = path
        self.answer = answer
        self.accept = accept
        self.security = security
        self.server = server
    }
}

extension APIOperation.Answer {
    /// Which of several forms an answer of this media type has. What has no form of its own is taken by the first that
    /// can carry it: bytes, then text, then JSON.
    func form(of contentType: String?) -> APIOperation.Answer {
        guard case .any(let forms) = self else { return self }
        let type = contentType?.split(separator: ";").first.map { $0.trimmingCharacters(in: .whitespaces).lowercased() }
        var said = APIOperation.Answer.binary
        if let type, type.hasSuffix("/json") || type.hasSuffix("+json") { said = .json }
        if let type, type.hasPrefix("text/") { said = .text }
        return [said, .binary, .text, .json].first { forms.contains($0) } ?? self
    }
}

/// How a parameter is written (OpenAPI 3.1, Style Values).
public enum ParameterStyle: Hashable, Sendable {
    case simple, label, matrix, form, spaceDelimited, pipeDelimited, deepObject
    /// The value as JSON text.
    case json
}

/// A path, query, header or cookie parameter with its value.
public struct APIArgument: Hashable, Sendable {
    public enum Location: Hashable, Sendable { case path, query, header, cookie }

    public let location: Location
    public let name: String
    public var value: JSONValue
    public let style: ParameterStyle
    public let explode: Bool
    public let allowReserved: Bool
}

/// The body of a request.
public enum RequestBody: Sendable {
    case none
    case json(JSONValue)
    case multipart(FormFields)
    case form(FormFields)
    case text(String, contentType: String)
    case binary(Upload, contentType: String)

    var isNone: Bool {
        if case .none = self { return true }
        return false
    }
}

/// One call of one operation, before anything is written to a wire.
public struct TransportRequest: Sendable {
    public let operation: APIOperation
    public var arguments: [APIArgument] = []
    /// Headers besides those that are parameters of the operation: user agent, authorization, idempotency key, ...
    public var headers = HTTPHeaders()
    /// Query parameters besides the operation's own.
    public var extraQuery: [(name: String, value: String)] = []
    public var body: RequestBody = .none
    /// Where the call goes when that is not the client's base URL; it may be relative to that.
    public var server: String?
    /// The URL that is fetched in place of the server's, the path and query parameters: a page that an answer links to.
    public var link: URL? { links.last }
    /// The links that led from one page to the next.
    var links: [URL] = []
    /// The cursors that led from one page to the next, where pages have cursors.
    var cursors: [JSONValue] = []
    /// Headers whose values nobody may see or carry elsewhere, in lower case.
    public var secretHeaders: Set<String> = []
    /// How long an answer may take in seconds: to its end, or to its headers when it is streamed.
    public var timeout: TimeInterval = 600
    /// How long a stream may be silent, in seconds.
    public var idleTimeout: TimeInterval = 120
    /// How often the call may be tried again.
    var maxRetries = 2
    var extraBody = JSONObject()

    init(_ operation: APIOperation) { self.operation = operation }

    /// The method and path, for messages.
    var label: String {
        "\(operation.method) \((try? ParameterEncoding.path(operation.path, arguments)) ?? operation.path)"
    }

    var isStreamed: Bool {
        switch operation.answer {
        case .json, .text: return false
        case .binary, .events, .lines, .any: return true
        }
    }
}

extension TransportRequest: CustomStringConvertible, CustomDebugStringConvertible {
    /// The method, path and headers, without secrets.
    public var description: String { "\(label) [\(headers.text(hiding: secretHeaders))]" }
    public var debugDescription: String { description }
}

/// The beginning of an answer, and its body as it arrives.
public struct TransportResponse: Sendable {
    /// An answer's body in the form that the transport has it.
    public enum Body: Sendable {
        /// Bytes off a wire.
        case bytes(ByteStream)
        /// A value that never was text.
        case json(JSONValue)
        /// The events of a stream that never were text. Its end is the end of the answer.
        case events(Inflow<JSONValue>)
    }

    /// The HTTP status code, or its counterpart.
    public let status: Int
    public let headers: HTTPHeaders
    public let body: Body
    /// The URL that was asked, before any redirect; nil where there are no URLs.
    public let url: URL?

    public init(status: Int, headers: HTTPHeaders, body: Body, url: URL? = nil) {
        self.status = status
        self.headers = headers
        self.body = body
        self.url = url
    }
}

/// What carries calls to whoever answers them: HTTP, gRPC, a model on the device.
///
/// Retries, deadlines, authorization and hooks are above it. It throws ``APIConnectionError`` or `CancellationError`;
/// when its task is cancelled it must stop the work on the other side too.
public protocol Transport: Sendable {
    /// Sends one request and gives the answer back as soon as its status and headers are known.
    func send(_ request: TransportRequest) async throws -> TransportResponse
}

/// Sees, and may change, each try of each call, for whatever transport.
///
/// ```swift
/// struct Traced: Middleware {
///     func intercept(_ request: TransportRequest, next: Next) async throws -> TransportResponse {
///         var request = request
///         request.headers["traceparent"] = currentTrace()
///         return try await next(request)
///     }
/// }
/// ```
public protocol Middleware: Sendable {
    typealias Next = @Sendable (TransportRequest) async throws -> TransportResponse

    /// Hands the request on by calling `next`, once, and gives its answer back.
    func intercept(_ request: TransportRequest, next: @escaping Next) async throws -> TransportResponse
}
