import Foundation

/// Runs `work`, but not for longer than `seconds`; it is cancelled then.
///
/// - Throws: `error()` when the time is up, else what `work` throws.
func withDeadline<Value: Sendable>(
    _ seconds: TimeInterval, orThrow error: @escaping @Sendable () -> any Error,
    _ work: @escaping @Sendable () async throws -> Value
) async throws -> Value {
    try await withThrowingTaskGroup(of: Value?.self) { group in
        group.addTask { try await work() }
        group.addTask {
            try await pause(seconds)
            return nil
        }
        defer { group.cancelAll() }
        guard let first = try await group.next(), let value = first else { throw error() }
        return value
    }
}

/// Waits, at most for a year (more would overflow the clock).
///
/// - Throws: `CancellationError` when the task is cancelled.
func pause(_ seconds: TimeInterval) async throws {
    let bounded = min(max(seconds, 0), 365 * 24 * 3600)
    try await Task.sleep(nanoseconds: UInt64(bounded * 1_000_000_000))
}
