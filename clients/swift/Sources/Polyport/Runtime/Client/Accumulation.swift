extension AsyncSequence where Element: JSONModel {
    /// Reads a stream of deltas to its end and gives one event that holds everything; nil when there was none.
    ///
    /// Inside a member `delta`, and in members `text`, strings are joined; elsewhere the latest value stands. Items of
    /// a list belong together when their `index` is the same. So the result has the whole text and whole tool calls
    /// where the events had pieces.
    ///
    /// ```swift
    /// let whole = try await stream.accumulated()
    /// print(whole?.choices.first?.delta.content ?? "")
    /// ```
    public func accumulated() async throws -> Element? {
        var whole: JSONObject?
        for try await event in self {
            if case .object(let object) = event.jsonValue { whole = (whole ?? JSONObject()).adding(object) }
        }
        return whole.flatMap { Element(jsonValue: .object($0)) }
    }
}

/// Members that name a thing: they are repeated, not continued.
private let repeatedMembers: Set<String> = ["id", "index", "type", "role", "object"]

extension JSONObject {
    /// This object with a later delta added to it.
    fileprivate func adding(_ later: JSONObject, inDelta: Bool = false) -> JSONObject {
        var sum = self
        for member in later {
            let name = member.name
            let joins = (inDelta || name == "text") && !repeatedMembers.contains(name)
            sum[name] =
                self[name]?.adding(member.value, joins: joins, inDelta: inDelta || name == "delta") ?? member.value
        }
        return sum
    }
}

extension JSONValue {
    fileprivate func adding(_ later: JSONValue, joins: Bool, inDelta: Bool) -> JSONValue {
        switch (self, later) {
        case (_, .null): return self
        case (.string(let start), .string(let rest)) where joins: return .string(start + rest)
        case (.object(let object), .object(let delta)): return .object(object.adding(delta, inDelta: inDelta))
        case (.array(let items), .array(let more)):
            var sum = items
            for item in more {
                let place = item["index"].flatMap { index in sum.firstIndex { $0["index"] == index } }
                if let place {
                    sum[place] = sum[place].adding(item, joins: false, inDelta: inDelta)
                } else {
                    sum.append(item)
                }
            }
            return .array(sum)
        default: return later
        }
    }
}
