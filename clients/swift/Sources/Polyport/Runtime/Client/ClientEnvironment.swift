import Foundation

/// What a client takes from its environment.
enum ClientEnvironment {
    /// The variable's value; nil when it is not set or empty.
    static func value(_ name: String) -> String? {
        let text = ProcessInfo.processInfo.environment[name]
        return text?.isEmpty == true ? nil : text
    }

    /// HTTP to the base URL.
    ///
    /// Without any, or when it is no URL, the first call fails by name rather than the program.
    static func transport(_ text: String, _ info: APIInfo) -> any Transport {
        let variable = "\(info.prefix)_BASE_URL"
        if text.isEmpty { return NoTransport(reason: "there is no base URL: pass baseURL, or set \(variable)") }
        guard let url = URL(string: text), url.host != nil else {
            return NoTransport(reason: "the base URL '\(text)' is not a URL")
        }
        return HTTPTransport(baseURL: url)
    }

    /// A URL's text without slashes at its end.
    static func trimmed(_ text: String) -> String {
        var text = Substring(text)
        while text.hasSuffix("/") { text.removeLast() }
        return String(text)
    }

    /// The language version that this was compiled with, for the `User-Agent` header.
    static var swiftVersion: String {
        #if swift(>=6.3)
            return "6.3"
        #elseif swift(>=6.2)
            return "6.2"
        #elseif swift(>=6.1)
            return "6.1"
        #else
            return "6.0"
        #endif
    }
}

/// Says of every call why it cannot be made.
struct NoTransport: Transport {
    let reason: String

    func send(_ request: TransportRequest) async throws -> TransportResponse {
        throw APIError("\(request.label): \(reason)")
    }
}
