import Foundation

/// When a failed call is tried again, and after how long.
struct RetryPolicy: Sendable {
    /// The first pause in seconds; it doubles from try to try.
    var initialDelay: TimeInterval = 0.5
    /// The longest pause in seconds that is chosen here.
    var maximumDelay: TimeInterval = 8
    /// The longest pause in seconds that a server may ask for.
    var longestObeyed: TimeInterval = 60

    /// Whether the same request may succeed later.
    func isWorthRetrying(_ error: any Error) -> Bool {
        if let answer = error as? APIStatusError {
            // The server may know better.
            if let said = answer.headers["x-should-retry"], said == "true" || said == "false" { return said == "true" }
            return answer.status == 408 || answer.status == 409 || answer.status == 429 || answer.status >= 500
        }
        return error is APIConnectionError
    }

    /// The pause before the next try. `tries` counts those made so far.
    func delay(after error: any Error, tries: Int) -> TimeInterval {
        if let asked = (error as? APIStatusError)?.retryAfter, asked <= longestObeyed { return asked }
        let doubled = initialDelay * pow(2, Double(min(tries - 1, 30)))
        return min(doubled, maximumDelay) * Double.random(in: 0.75...1)
    }
}
