import Foundation

/// Where the client says what it does. Keys and tokens are never written.
public struct ClientLog: Sendable {
    /// How much is said.
    public enum Level: Int, Comparable, Sendable {
        case off, info, debug

        public static func < (left: Level, right: Level) -> Bool { left.rawValue < right.rawValue }
    }

    public let level: Level
    private let write: @Sendable (String) -> Void

    /// - Parameters:
    ///   - level: `info` gives a line a try, `debug` headers too.
    ///   - write: Takes one line; standard error without it.
    public init(level: Level, write: @escaping @Sendable (String) -> Void = ClientLog.standardError) {
        self.level = level
        self.write = write
    }

    /// The log that an environment variable asks for: `info`, `debug`, or anything else for none.
    static func fromEnvironment(_ value: String?) -> ClientLog {
        switch value?.lowercased() {
        case "debug": return ClientLog(level: .debug)
        case "info": return ClientLog(level: .info)
        default: return ClientLog(level: .off)
        }
    }

    /// Writes a line to standard error.
    public static let standardError: @Sendable (String) -> Void = { line in
        FileHandle.standardError.write(Data("\(line)\n".utf8))
    }

    func info(_ text: @autoclosure () -> String) {
        if level >= .info { write(text()) }
    }

    func debug(_ text: @autoclosure () -> String) {
        if level >= .debug { write(text()) }
    }
}
