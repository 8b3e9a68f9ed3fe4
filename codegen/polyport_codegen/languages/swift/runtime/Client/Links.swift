import Foundation

/// The target of `rel="next"` in a `Link` header (RFC 8288, section 3); nil without one.
func linkToNextPage(in header: String?) -> String? {
    links(in: header ?? "").first { link in
        let relations = link.parameters["rel"]?.lowercased().split(separator: " ") ?? []
        return relations.contains("next") && link.parameters["anchor"] == nil
    }?.target
}

extension TransportRequest {
    /// The request for the page that an answer links to. The link is resolved against the URL of the page that has it (RFC
    /// 3986, section 5) and fetched as it is: GET, with the headers of the call, and with its credentials, since no other
    /// origin is ever asked.
    ///
    /// - Throws: ``APIDecodingError`` for a link that is no URL, that leads to another origin, or that was followed before.
    func linked(to link: JSONValue, from page: URL?) throws -> TransportRequest {
        guard let page else { throw APIError("\(label): only HTTP can follow the link to the next page") }
        let text = link.stringValue ?? link.text
        func failure(_ what: String) -> APIDecodingError {
            APIDecodingError("GET \(page.path): the link to the next page \(what): \(shownURL(text))", body: Data(text.utf8))
        }
        guard case .string = link else { throw failure("is no text") }
        guard let url = URL(string: text, relativeTo: page)?.absoluteURL,
            var parts = URLComponents(url: url, resolvingAgainstBaseURL: true)
        else { throw failure("is no URL") }
        guard url.origin == page.origin else { throw failure("leads away from \(page.origin); it is not followed") }
        parts.user = page.user
        parts.password = page.password
        parts.fragment = nil
        guard let target = parts.url else { throw failure("is no URL") }
        guard !links.contains(target) else { throw failure("was followed before: the pages go round in a circle") }
        let operation = APIOperation(
            id: operation.id, method: "GET", path: parts.percentEncodedPath, answer: operation.answer,
            accept: operation.accept, security: operation.security)
        var next = TransportRequest(operation)
        next.arguments = arguments.filter { $0.location == .header || $0.location == .cookie }
        next.headers = headers
        next.headers["Idempotency-Key"] = nil
        if !body.isNone { next.headers["Content-Type"] = nil }
        next.secretHeaders = secretHeaders
        next.timeout = timeout
        next.idleTimeout = idleTimeout
        next.maxRetries = maxRetries
        next.links = links + [target]
        return next
    }
}

extension URL {
    /// The scheme, host and port as one text.
    var origin: String {
        let scheme = scheme?.lowercased() ?? ""
        return "\(scheme)://\(host?.lowercased() ?? ""):\(port ?? (scheme == "https" ? 443 : 80))"
    }

    /// The names of its query members.
    var queryNames: [String] {
        URLComponents(url: self, resolvingAgainstBaseURL: true)?.queryItems?.map(\.name) ?? []
    }
}

/// The links of a header, each with its parameters by their names in lower case.
private func links(in header: String) -> [(target: String, parameters: [String: String])] {
    let text = Array(header)
    var found: [(target: String, parameters: [String: String])] = []
    var at = 0
    while let start = text[at...].firstIndex(of: "<"), let end = text[start...].firstIndex(of: ">") {
        var pieces = [""]
        var quoted = false
        at = end + 1
        while at < text.count, quoted || text[at] != "," {
            if text[at] == "\"" {
                quoted.toggle()
            } else if text[at] == ";", !quoted {
                pieces.append("")
            } else {
                if quoted, text[at] == "\\" { at += 1 }
                if at < text.count { pieces[pieces.count - 1].append(text[at]) }
            }
            at += 1
        }
        at = min(at, text.count)
        var parameters: [String: String] = [:]
        for piece in pieces {
            let pair = piece.split(separator: "=", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
            guard let name = pair.first?.lowercased(), parameters[name] == nil else { continue }
            parameters[name] = pair.count > 1 ? pair[1] : ""
        }
        found.append((String(text[(start + 1)..<end]), parameters))
    }
    return found
}
