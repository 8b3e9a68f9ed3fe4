import Foundation

/// A part of a server's URL that users may choose.
public struct APIServerVariable: Sendable {
    /// Its environment variable.
    let variable: String
    let standard: String
    /// All values that are allowed; none for any.
    let values: [String]

    public init(_ variable: String, default standard: String = "", values: [String] = []) {
        self.variable = variable
        self.standard = standard
        self.values = values
    }

    func allows(_ value: String) -> Bool { values.isEmpty || values.contains(value) }
}

/// A documented server: what it is chosen by, and its URL with `{variables}`.
public struct APIServer: Sendable {
    let name: String
    let url: String
    let variables: [(name: String, variable: APIServerVariable)]

    public init(_ name: String, _ url: String, variables: KeyValuePairs<String, APIServerVariable> = [:]) {
        self.name = name
        self.url = url
        self.variables = variables.map { (name: $0.key, variable: $0.value) }
    }

    subscript(name: String) -> APIServerVariable? { variables.first { $0.name == name }?.variable }

    var isRelative: Bool { !url.contains("://") }

    /// The URL with these values in it, and defaults where there is none.
    func filled(_ values: [String: String]) throws -> String {
        var text = url
        for (name, variable) in variables {
            let given = values[name]
            let value = given ?? variable.standard
            guard !value.isEmpty, given.map(variable.allows) ?? true else {
                let allowed = variable.values.isEmpty ? "" : " (one of \(variable.values.joined(separator: ", ")))"
                throw APIError(
                    "the server '\(url)' needs '\(name)'\(allowed)\(value.isEmpty ? "" : ", not '\(value)'"):"
                        + " give it in serverVariables or set \(variable.variable)")
            }
            text = text.replacingOccurrences(of: "{\(name)}", with: value)
        }
        return text
    }
}

/// What the API's description tells of servers.
public struct APIServers: Sendable {
    /// Those to choose from, the first one without a choice.
    let choices: [APIServer]
    /// Those of single calls, by what the calls name as theirs.
    let own: [(key: String, servers: [APIServer])]

    public init(_ choices: [APIServer] = [], own: KeyValuePairs<String, [APIServer]> = [:]) {
        self.choices = choices
        self.own = own.map { (key: $0.key, servers: $0.value) }
    }

    /// Those of single calls that count beside the one with this name.
    func beside(_ name: String) -> [APIServer] { own.compactMap { Self.pick($0.servers, name) } }

    static func pick(_ servers: [APIServer], _ name: String) -> APIServer? {
        servers.first { $0.name == name } ?? servers.first
    }
}

/// Where the calls of a client go.
struct APIServerChoice: Sendable {
    /// The name of the chosen server; empty when a base URL was given.
    var name = ""
    /// What stands for the variables.
    var values: [String: String] = [:]
    /// The base URL that was given.
    var given: String?
    /// The API's own, with what was chosen.
    var own: String

    var baseURL: String { given ?? own }

    /// What counts when nothing was chosen, and nothing can be.
    init(_ info: APIInfo) { own = info.server }

    /// What was chosen. Arguments come before the environment, in which `<prefix>_BASE_URL` comes before the rest.
    ///
    /// - Throws: ``APIError`` for a server or a variable that there is not, for a value that is not allowed, and for a base URL
    ///   beside a choice that it makes void.
    init(_ info: APIInfo, baseURL: String?, server: String?, variables: [String: String]) throws {
        self.init(info)
        if baseURL != nil, server != nil { throw APIError("give either baseURL or server, not both") }
        let isChosen = server != nil || !variables.isEmpty
        given = baseURL ?? (isChosen ? nil : ClientEnvironment.value("\(info.prefix)_BASE_URL"))
        let chosen = given == nil ? try Self.named(info, server) : nil
        name = chosen?.name ?? ""
        let beside = info.servers.beside(name)
        // A base URL stands in for all servers but those that are relative to it.
        let reached = given == nil ? (chosen.map { [$0] } ?? []) + beside : beside.filter(\.isRelative)
        let void = given == nil ? [] : info.servers.choices + beside
        try Self.refuseUnknown(variables, reached, void)
        for name in reached.flatMap({ $0.variables.map(\.name) }) where values[name] == nil {
            values[name] = try Self.value(name, variables, reached, chosen)
        }
        if let chosen { own = try chosen.filled(values) }
    }

    /// The URL of a call's own server: of several the one with the chosen name, else the first.
    func server(_ key: String, _ servers: APIServers) throws -> String {
        guard let listed = servers.own.first(where: { $0.key == key }),
            let found = APIServers.pick(listed.servers, name)
        else { return key }
        return try found.filled(values)
    }

    private static func named(_ info: APIInfo, _ server: String?) throws -> APIServer? {
        let choices = info.servers.choices
        let variable = "\(info.prefix)_SERVER"
        guard let wanted = server ?? (choices.isEmpty ? nil : ClientEnvironment.value(variable)) else {
            return choices.first
        }
        if let found = choices.first(where: { $0.name == wanted }) { return found }
        let known = choices.map { "'\($0.name)'" }.joined(separator: ", ")
        throw APIError(
            "\(server == nil ? variable : "server"): '\(wanted)' is no server of the API; it has "
                + (known.isEmpty ? "none to choose" : known))
    }

    private static func refuseUnknown(
        _ given: [String: String], _ reached: [APIServer], _ void: [APIServer]
    ) throws {
        for name in given.keys.sorted() where !reached.contains(where: { $0[name] != nil }) {
            if void.contains(where: { $0[name] != nil }) {
                throw APIError("give either baseURL or serverVariables for '\(name)', not both")
            }
            var told: [String] = []
            for server in reached where !server.variables.isEmpty {
                let text = "'\(server.url)' (it has \(server.variables.map(\.name).joined(separator: ", ")))"
                if !told.contains(text) { told.append(text) }
            }
            let known = told.isEmpty ? "the API's servers; they have none" : told.joined(separator: ", or of ")
            throw APIError("serverVariables: '\(name)' is no variable of \(known)")
        }
    }

    private static func value(
        _ name: String, _ given: [String: String], _ reached: [APIServer], _ chosen: APIServer?
    ) throws -> String? {
        let holders = reached.compactMap { server in server[name].map { (server, $0) } }
        guard let (first, variable) = holders.first else { return nil }
        let argument = given[name].flatMap { $0.isEmpty ? nil : $0 }
        guard let value = argument ?? ClientEnvironment.value(variable.variable) else { return nil }
        let isFirst = chosen.map { $0.url == first.url } ?? false
        let strict = isFirst ? [variable] : holders.map(\.1)
        guard strict.contains(where: { $0.allows(value) }) else {
            let allowed = strict.flatMap(\.values).joined(separator: ", ")
            let what = argument == nil ? variable.variable : "serverVariables: \(name)"
            throw APIError("\(what) must be one of \(allowed) in '\(first.url)', not '\(value)'")
        }
        return value
    }
}
