// swift-tools-version: 6.0
import PackageDescription

let package = Package(
    name: "PetStoreTests",
    platforms: [.macOS(.v12)],
    dependencies: [.package(path: "../../../../build/petstore/swift")],
    targets: [.testTarget(name: "PetStoreTests", dependencies: [.product(name: "PetStore", package: "swift")])]
)
