import BSON
import CMongoShim

extension MongoCollection {
    /// Makes the indexes that are not there yet; one of the same name and another shape is an error of the server's.
    public func createIndexes(_ indexes: [MongoIndex]) throws(MongoError) {
        let command: Document = [
            "createIndexes": .string(name), "indexes": .array(indexes.map { .document($0.specification) }),
        ]
        let request: Document = ["command": .document(command), "options": .document(try client.timeLimit())]
        _ = try client.perform(CM_WRITE_COMMAND, target, nil, request)
    }
}
