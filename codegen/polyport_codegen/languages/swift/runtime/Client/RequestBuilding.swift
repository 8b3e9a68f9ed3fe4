/// What the generated methods put into a request.
extension TransportRequest {
    /// Adds a path parameter.
    mutating func path<Value: JSONCodable>(
        _ name: String, _ value: Value, _ style: ParameterStyle = .simple, explode: Bool = false,
        allowReserved: Bool = false
    ) {
        add(.path, name, value, style, explode, allowReserved)
    }

    /// Adds a query parameter, unless it is nil.
    mutating func query<Value: JSONCodable>(
        _ name: String, _ value: Value?, _ style: ParameterStyle = .form, explode: Bool = true,
        allowReserved: Bool = false
    ) {
        add(.query, name, value, style, explode, allowReserved)
    }

    /// Adds a header parameter, unless it is nil.
    mutating func header<Value: JSONCodable>(
        _ name: String, _ value: Value?, _ style: ParameterStyle = .simple, explode: Bool = false
    ) {
        add(.header, name, value, style, explode, false)
    }

    /// Adds a cookie parameter, unless it is nil.
    mutating func cookie<Value: JSONCodable>(
        _ name: String, _ value: Value?, _ style: ParameterStyle = .form, explode: Bool = true
    ) {
        add(.cookie, name, value, style, explode, false)
    }

    private mutating func add<Value: JSONCodable>(
        _ location: APIArgument.Location, _ name: String, _ value: Value?, _ style: ParameterStyle, _ explode: Bool,
        _ allowReserved: Bool
    ) {
        guard let json = value?.jsonValue, json != .null else { return }
        arguments.append(
            APIArgument(
                location: location, name: name, value: json, style: style, explode: explode,
                allowReserved: allowReserved))
    }

    /// Replaces the value of a query parameter, for the next page.
    mutating func setQuery(_ name: String, _ value: JSONValue) {
        if let place = arguments.firstIndex(where: { $0.location == .query && $0.name == name }) {
            arguments[place].value = value
        } else {
            query(name, value)
        }
    }

    /// Sends a value as JSON, with the members that the call adds; nil without any sends no body.
    mutating func json<Value: JSONCodable>(
        _ value: Value?, contentType: String = "application/json", setting member: String? = nil,
        to flag: JSONValue = true
    ) {
        let empty: JSONValue? = extraBody.isEmpty && member == nil ? nil : .object(JSONObject())
        guard var json = value?.jsonValue ?? empty else { return }
        if case .object(var object) = json {
            if let member { object[member] = flag }
            for extra in extraBody { object[extra.name] = extra.value }
            json = .object(object)
        }
        body = .json(json)
        if contentType != "application/json" { headers.setDefault("Content-Type", contentType) }
    }

    /// Sends values as JSON texts, one a line; nil sends no body.
    mutating func lines<Value: JSONCodable>(_ values: [Value]?, contentType: String) {
        guard let values else { return }
        let text = values.map { $0.jsonValue.text + "\n" }.joined()
        body = .text(text, contentType: contentType)
    }
}

extension JSONModel {
    /// The value, or nil when it has no member, so that an optional body is left out.
    func unlessEmpty() -> Self? { jsonValue == .object(JSONObject()) ? nil : self }
}
