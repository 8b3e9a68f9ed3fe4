/// A member of an answer that is not what the API documents.
public struct Misfit: Hashable, Sendable, CustomStringConvertible {
    /// Where it is: `choices[0].message.role`.
    public let path: String
    /// What came instead of the documented type; nil when a required member is missing.
    public let found: JSONValue?

    public var description: String {
        found.map { "\(path): unexpected \($0.typeName)" } ?? "\(path): missing"
    }
}

extension JSONModel {
    /// All members, at any depth, that did not fit their properties, and required ones that are missing.
    public func misfits() -> [Misfit] {
        var found: [Misfit] = []
        collectMisfits(of: self, at: "", into: &found)
        return found
    }

    /// Refuses an answer that is not as documented.
    ///
    /// - Throws: ``APIDecodingError`` that names the first member that does not fit.
    public func validate() throws {
        if let first = misfits().first {
            throw APIDecodingError("the answer does not fit \(Self.self): \(first)", body: jsonValue.data)
        }
    }
}

/// Looks at a value and all it contains by reflection: it is slow, but only those who ask pay for it.
private func collectMisfits(of value: Any, at path: String, into found: inout [Misfit]) {
    if value is JSONValue || value is JSONObject { return }
    let mirror = Mirror(reflecting: value)
    // An optional would pass for the model in it, which comes next.
    let model = mirror.displayStyle == .optional ? nil : value as? any JSONModel
    let prefix = path.isEmpty ? "" : "\(path)."
    for entry in model?._extras.entries ?? [] where entry.kind == .misfit || entry.kind == .missing {
        let raw: JSONValue? = entry.kind == .missing ? .none : entry.member.value
        found.append(Misfit(path: prefix + entry.member.name, found: raw))
    }
    if mirror.displayStyle == .dictionary, let dictionary = value as? [String: Any] {
        for (name, element) in dictionary.sorted(by: { $0.key < $1.key }) {
            collectMisfits(of: element, at: prefix + name, into: &found)
        }
        return
    }
    for (place, child) in mirror.children.enumerated() {
        var childPath = path
        if mirror.displayStyle == .collection {
            childPath = "\(path)[\(place)]"
        } else if model != nil, let name = child.label {
            // What a property wrapper or a deprecated property stores has an underscore before its name.
            childPath = prefix + name.drop { $0 == "_" }
        }
        collectMisfits(of: child.value, at: childPath, into: &found)
    }
}
