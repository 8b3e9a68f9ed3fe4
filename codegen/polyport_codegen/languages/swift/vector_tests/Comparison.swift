import Foundation

@testable import Runtime

/// Compares what was observed with what a vector says; gives the differences as texts.
struct Comparison {
    private(set) var problems: [String] = []
    private let expected: JSONObject
    private let isCancelled: Bool
    private let operation: String

    init(_ vector: Vector) {
        expected = vector.observe
        operation = vector.operation
        isCancelled = vector.json["cancel"] != nil
    }

    mutating func compare<Client>(_ run: VectorRun<Client>, _ failure: (any Error)?) {
        same("result", run.result)
        same("events", run.encoded)
        same("items", run.encoded)
        same("status", run.status?.jsonValue)
        for header in expected["headers"]?.objectValue ?? JSONObject()
        where run.headers[header.name] != header.value.stringValue {
            problems.append("header \(header.name) is \(run.headers[header.name] ?? "absent"), not \(header.value)")
        }
        for read in expected["reads"]?.arrayValue ?? [] { check(read, run.values) }
        compare(failure)
    }

    mutating func compare(report: JSONValue) {
        for problem in report["problems"]?.arrayValue ?? [] { problems.append("server: \(problem.stringValue ?? "")") }
        same("requests", report["requests"])
        same("client_closed", report["client_closed"])
    }

    private mutating func same(_ name: String, _ value: JSONValue?) {
        if let wanted = expected[name], wanted != value {
            problems.append("\(name) is \(value?.text ?? "absent"), not \(wanted.text)")
        }
    }

    private mutating func check(_ read: JSONValue, _ values: [Any]) {
        let place = read["event"]?.intValue ?? 0
        guard values.indices.contains(place) else {
            problems.append("there is nothing to read \(read.text) from")
            return
        }
        check(read, of: values[place])
    }

    private mutating func check(_ read: JSONValue, of root: Any) {
        do {
            let path = read["path"]?.arrayValue ?? []
            let value = try typedRead(root, path)
            if let variant = read["variant"]?.stringValue {
                let found = (value as? any TypedUnion)?.variantName ?? "no union"
                if found != variant { problems.append("\(read["path"]?.text ?? "") is \(found), not \(variant)") }
            } else {
                let found = (value as? any JSONCodable)?.jsonValue ?? .null
                if found != read["value"] { problems.append("\(read.text) reads \(found.text)") }
            }
        } catch {
            problems.append("\(read.text): \(error)")
        }
    }

    private mutating func compare(_ failure: (any Error)?) {
        guard let wanted = expected["error"] else {
            // A call that the vector itself cancels may end like that.
            if let failure, !(isCancelled && failure is CancellationError) {
                problems.append("unexpected \(kind(failure)): \(failure)")
            }
            return
        }
        guard let failure else {
            problems.append("no error, but \(wanted.text) was expected")
            return
        }
        let answer = failure as? APIStatusError
        differs(wanted["kind"], .string(kind(failure)), "kind", failure)
        differs(wanted["status"], answer?.status.jsonValue, "status", failure)
        differs(wanted["request_id"], answer?.requestID?.jsonValue, "request_id", failure)
        let waits = answer?.retryAfter.map { JSONValue.number(JSONNumber(Int(($0 * 1000).rounded()))) }
        differs(wanted["retry_after_ms"], waits, "retry_after_ms", failure)
        differs(wanted["body"], body(failure), "body", failure)
        for read in wanted["data"]?.arrayValue ?? [] {
            let none: Any? = nil
            check(read, of: answer.flatMap { errorData(operation, $0) } ?? none as Any)
        }
        for text in texts(wanted["message_contains"]) where !"\(failure)".contains(text) {
            problems.append("the message lacks '\(text)': \(failure)")
        }
        for text in texts(wanted["message_lacks"]) where "\(failure)".contains(text) {
            problems.append("the message has '\(text)': \(failure)")
        }
    }

    private mutating func differs(_ wanted: JSONValue?, _ found: JSONValue?, _ what: String, _ failure: any Error) {
        if let wanted, wanted != found {
            problems.append("the error's \(what) is \(found?.text ?? "absent"), not \(wanted.text): \(failure)")
        }
    }

    private func texts(_ value: JSONValue?) -> [String] {
        value?.arrayValue?.compactMap(\.stringValue) ?? value?.stringValue.map { [$0] } ?? []
    }

    private func body(_ error: any Error) -> JSONValue? {
        switch error {
        case let error as APIStatusError: return error.body ?? .string(String(decoding: error.rawBody, as: UTF8.self))
        case let error as APIStreamError: return error.body
        case let error as APIDecodingError: return .string(String(decoding: error.body, as: UTF8.self))
        default: return nil
        }
    }

    private func kind(_ error: any Error) -> String {
        switch error {
        case is BadRequestError: return "BadRequest"
        case is AuthenticationError: return "Authentication"
        case is PermissionDeniedError: return "PermissionDenied"
        case is NotFoundError: return "NotFound"
        case is ConflictError: return "Conflict"
        case is UnprocessableEntityError: return "UnprocessableEntity"
        case is RateLimitError: return "RateLimit"
        case is InternalServerError: return "InternalServer"
        case is APIStatusError: return "APIStatus"
        case is APITimeoutError: return "Timeout"
        case is APIConnectionError: return "Connection"
        case is APIDecodingError: return "Decoding"
        case is APIStreamError: return "Stream"
        case is MissingCredentialError: return "MissingCredential"
        case is CancellationError: return "Cancelled"
        case is APIError: return "InvalidArgument"
        default: return "\(type(of: error))"
        }
    }
}
