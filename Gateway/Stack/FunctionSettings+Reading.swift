extension FunctionSettings {
    init(_ reader: SettingReader) throws(StackError) {
        try readEnvironment(reader)
        try readLabels(reader)
        try readAnnotations(reader)
    }

    private mutating func readEnvironment(_ reader: SettingReader) throws(StackError) {
        try reader.read(environment: "max_body", .bytes, &bodyLimit)
        try reader.read(environment: "max_reply", .bytes, &replyLimit)
        try reader.read(environment: "exec_timeout", .duration, &execTimeout)
        try reader.read(environment: "read_timeout", .optionalDuration, &readTimeout)
        try reader.read(environment: "write_timeout", .optionalDuration, &writeTimeout)
        try reader.read(environment: "max_inflight", .number(0...65_536), &inFlightLimit)
    }

    private mutating func readLabels(_ reader: SettingReader) throws(StackError) {
        try reader.read(label: "com.openfaas.scale.max", .number(1...1024), &maximum)
        minimum = min(minimum, maximum)
        try reader.read(label: "com.openfaas.scale.min", .number(0...1024), &minimum)
        try reader.read(label: "com.openfaas.scale.target", .optionalNumber(1...65_536), &target)
        try reader.read(label: "com.openfaas.scale.zero", .truth, &scalesToZero)
        try reader.read(label: "com.openfaas.scale.zero-duration", .duration, &zeroDuration)
        guard minimum > maximum else { return }
        if reader.definition.labels["com.openfaas.scale.max"] == nil {
            maximum = minimum
        } else {
            throw reader.failure("labels", "com.openfaas.scale.max", "at least com.openfaas.scale.min")
        }
    }

    private mutating func readAnnotations(_ reader: SettingReader) throws(StackError) {
        try reader.read(annotation: "passerelle.internal", .truth, &isInternal)
        try reader.read(annotation: "passerelle.async", .truth, &allowsAsync)
        try reader.read(annotation: "passerelle.grip", .truth, &allowsGrip)
        try reader.read(annotation: "passerelle.mode", .mode, &mode)
        try reader.read(annotation: "passerelle.queue", .number(0...65_536), &queueLimit)
        try reader.read(annotation: "passerelle.queue-wait", .duration, &queueWait)
        try reader.read(annotation: "passerelle.frames-ahead", .number(1...64), &framesAhead)
        try reader.read(annotation: "passerelle.together", .truth, &together)
        try reader.read(annotation: "passerelle.shared-memory", .bytes, &sharedMemory)
        try reader.read(annotation: "passerelle.started-ahead", .number(0...64), &startedAhead)
        try reader.read(annotation: "passerelle.template", .truth, &copies)
        try reader.read(annotation: "passerelle.cpu-seconds", .optionalNumber(1...999_999_999), &processorSeconds)
        try reader.read(annotation: "passerelle.open-files", .number(16...1_048_576), &openFiles)
        try reader.read(annotation: "passerelle.processes", .optionalNumber(1...1_048_576), &processes)
        try reader.read(annotation: "passerelle.file-size", .optionalBytes, &fileSize)
        try reader.read(annotation: "passerelle.optional-secrets", .secrets, &optionalSecrets)
        try reader.read(annotation: "passerelle.recycle-after", .number(0...999_999_999), &recycleAfter)
    }
}
