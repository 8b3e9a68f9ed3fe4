import Foundation

/// What says of a header or a query member that it holds a secret.
private let secretWords = ["key", "token", "secret", "password", "credential", "authorization", "cookie"]

/// Whether a header may hold a secret: it is one of `secret` (in lower case), or its name says so.
func isSecret(_ name: String, _ secret: Set<String>) -> Bool {
    let name = name.lowercased()
    return name != "idempotency-key" && (secret.contains(name) || secretWords.contains { name.contains($0) })
}

/// A URL without its user and the values of query members whose names tell of secrets.
func shownURL(_ url: String) -> String {
    let halves = url.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    var shown = String(halves[0])
    if let start = shown.range(of: "//")?.upperBound {
        let end = shown[start...].firstIndex(of: "/") ?? shown.endIndex
        if let mark = shown[start..<end].lastIndex(of: "@") { shown.replaceSubrange(start..<mark, with: "***") }
    }
    guard halves.count == 2 else { return shown }
    let members = halves[1].split(separator: "&", omittingEmptySubsequences: false).map { member in
        let parts = member.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        return parts.count == 2 && isSecret(String(parts[0]), []) ? "\(parts[0])=***" : String(member)
    }
    return "\(shown)?\(members.joined(separator: "&"))"
}
