import Foundation

/// Reads a stream, and closes it when it is silent for too long while somebody waits.
///
/// One task watches for the whole stream: a timer for each chunk would cost more than reading it.
final class IdleWatch: @unchecked Sendable {
    // @unchecked: `waitingSince` and `isSilent` are touched only while `lock` is held; the rest is constant.
    private let stream: ByteStream
    private let seconds: TimeInterval
    private let lock = NSLock()
    private var waitingSince: UInt64?
    private var isSilent = false
    private var watcher: Task<Void, any Error>?

    init(_ stream: ByteStream, seconds: TimeInterval) {
        self.stream = stream
        self.seconds = seconds
        watcher = Task { [weak self] in
            while let delay = self?.remaining() { try await pause(delay) }
        }
    }

    deinit { watcher?.cancel() }

    /// The next bytes, or nil at the end.
    ///
    /// - Throws: ``APITimeoutError`` when none come in time; the connection is closed then.
    func next() async throws -> Data? {
        lock.withLock { waitingSince = DispatchTime.now().uptimeNanoseconds }
        defer { lock.withLock { waitingSince = nil } }
        do {
            return try await stream.next()
        } catch {
            if lock.withLock({ isSilent }) { throw APITimeoutError("the stream was silent for \(seconds) s") }
            throw error
        }
    }

    /// Closes the stream.
    func cancel() {
        watcher?.cancel()
        stream.cancel()
    }

    /// How long to wait before looking again; nil when the time is up, and the stream closed.
    private func remaining() -> TimeInterval? {
        let left: TimeInterval = lock.withLock {
            guard let waitingSince else { return seconds }
            let waited = Double(DispatchTime.now().uptimeNanoseconds - waitingSince) / 1_000_000_000
            isSilent = waited >= seconds
            return seconds - waited
        }
        guard left <= 0 else { return left }
        stream.cancel()
        return nil
    }
}
