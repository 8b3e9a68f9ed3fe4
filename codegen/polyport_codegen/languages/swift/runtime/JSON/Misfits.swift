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
    if let model = value as? any JSONModel {
        let prefix = path.isEmpty ? "" : "\(path)."
        for entry in model._extras.entries where entry.kind == .misfit || entry.kind == .missing {
            let raw = entry.kind == .missing ? nil : entry.member.value
            found.append(Misfit(path: prefix + entry.member.name, found: raw))
        }
    } else if value is JSONValue || value is JSONObject {
        return
    }
    if let dictionary = value as? [String: Any] {
        for (name, element) in dictionary.sorted(by: { $0.key < $1.key }) {
            collectMisfits(of: element, at: "\(path).\(name)", into: &found)
        }
        return
    }
    let mirror = Mirror(reflecting: value)
    for (place, child) in mirror.children.enumerated() {
        let childPath: String
        if mirror.displayStyle == .collection {
            childPath = "\(path)[\(place)]"
        } else if value is any JSONModel, let name = child.label {
            childPath = path.isEmpty ? name : "\(path).\(name)"
        } else {
            childPath = path
        }
        collectMisfits(of: child.value, at: childPath, into: &found)
    }
}
