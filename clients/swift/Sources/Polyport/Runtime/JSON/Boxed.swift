/// Holds a value that contains its own type, directly or as an optional, which a struct cannot do without a detour.
@propertyWrapper
public struct Boxed<Value: Sendable>: Sendable {
    private final class Box: Sendable {
        let value: Value
        init(_ value: Value) { self.value = value }
    }

    private var box: Box

    public init(wrappedValue: Value) { box = Box(wrappedValue) }

    /// The value itself. Setting it leaves copies made before as they are.
    public var wrappedValue: Value {
        get { box.value }
        set { box = Box(newValue) }
    }
}
