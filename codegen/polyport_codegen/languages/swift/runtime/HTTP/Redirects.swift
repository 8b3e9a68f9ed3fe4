import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// Where the answers to a call send it, as browsers go there (WHATWG Fetch, 4.4): 307 and 308 have the method and body sent
/// again, 303 becomes GET, 301 and 302 do where it was POST. Secrets never leave their origin.
struct Redirects {
    private static let most = 10

    private let call: TransportRequest
    private var seen: Set<String> = []

    init(_ call: TransportRequest) { self.call = call }

    static func isOne(_ response: TransportResponse) -> Bool {
        [301, 302, 303, 307, 308].contains(response.status) && response.headers["location"] != nil
    }

    /// The request that a redirect asks for, still without its body.
    ///
    /// - Throws: ``APIDecodingError`` when it leads to no URL, round in a circle, or on and on.
    mutating func following(_ request: URLRequest, _ response: TransportResponse) throws -> URLRequest {
        let location = response.headers["location"] ?? ""
        guard let here = request.url, let found = URL(string: location, relativeTo: here)?.absoluteURL,
            var parts = URLComponents(url: found, resolvingAgainstBaseURL: true)
        else { throw lost(location, "is no URL") }
        parts.fragment = nil
        guard let target = parts.url, ["http", "https"].contains(target.scheme?.lowercased()), target.host != nil else {
            throw lost(location, "is no URL of HTTP")
        }
        let old = request.httpMethod ?? "GET"
        let isRead = old == "GET" || old == "HEAD"
        let isChanged = response.status == 303 ? !isRead : old == "POST" && response.status < 303
        let method = isChanged ? "GET" : old
        seen.insert("\(old) \(here.absoluteString)")
        let text = target.absoluteString
        if seen.contains("\(method) \(text)") { throw lost(text, "leads round in a circle") }
        if seen.count > Self.most { throw lost(text, "comes after \(Self.most) others") }
        var next = request
        next.url = target
        next.httpMethod = method
        for name in request.allHTTPHeaderFields?.keys.map({ $0 }) ?? [] {
            let isOfBody = name.lowercased().hasPrefix("content-") || name.lowercased() == "idempotency-key"
            let isKept = target.origin == here.origin || !isSecret(name, call.secretHeaders)
            if !isKept || (isChanged && isOfBody) { next.setValue(nil, forHTTPHeaderField: name) }
        }
        return next
    }

    private func lost(_ location: String, _ what: String) -> APIDecodingError {
        APIDecodingError("\(call.label): the redirect to \(shownURL(location)) \(what)", body: Data(location.utf8))
    }
}
