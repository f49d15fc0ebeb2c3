/// The byte before an element's name.
enum BSONType: UInt8 {
    case double = 0x01
    case string = 0x02
    case document = 0x03
    case array = 0x04
    case binary = 0x05
    case objectID = 0x07
    case bool = 0x08
    case date = 0x09
    case null = 0x0A
    case regex = 0x0B
    case javascript = 0x0D
    case int32 = 0x10
    case timestamp = 0x11
    case int64 = 0x12
    case decimal128 = 0x13
    case maxKey = 0x7F
    case minKey = 0xFF

    init(of value: BSONValue) {
        self =
            switch value {
            case .double: .double
            case .string: .string
            case .document: .document
            case .array: .array
            case .binary: .binary
            case .objectID: .objectID
            case .bool: .bool
            case .date: .date
            case .null: .null
            case .regex: .regex
            case .javascript: .javascript
            case .int32: .int32
            case .timestamp: .timestamp
            case .int64: .int64
            case .decimal128: .decimal128
            case .minKey: .minKey
            case .maxKey: .maxKey
            }
    }
}
