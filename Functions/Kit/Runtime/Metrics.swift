import Wire

/// The field by which a function tells the gateway what to count; the gateway takes it out of the answer.
///
/// Its value is a list of `name+1` for counters, `name=7` for gauges and `name:outcome~7` for times in microseconds,
/// divided by commas.
public enum MetricField {
    /// The field's name.
    public static let name = "passerelle-metrics"
}

extension Answer {
    /// The same answer, counted by the gateway as an event of that name.
    public func counting(_ event: String) -> Answer {
        adding(MetricField.name, event + "+1")
    }

    /// The same answer, telling the gateway a present value.
    public func gauging(_ name: String, _ value: Int64) -> Answer {
        adding(MetricField.name, "\(name)=\(value)")
    }

    /// The same answer, telling the gateway how long something took that had this outcome.
    public func timing(_ name: String, _ outcome: String, microseconds: Int64) -> Answer {
        adding(MetricField.name, "\(name):\(outcome)~\(microseconds)")
    }
}

extension FunctionFailure {
    /// The same failure, counted by the gateway as an event of that name.
    public func counting(_ event: String) -> FunctionFailure {
        var failure = self
        failure.headers.append(HeaderField(MetricField.name, event + "+1"))
        return failure
    }

    /// The same failure, telling the gateway a present value.
    public func gauging(_ name: String, _ value: Int64) -> FunctionFailure {
        var failure = self
        failure.headers.append(HeaderField(MetricField.name, "\(name)=\(value)"))
        return failure
    }

    /// The same failure, telling the gateway how long something took that had this outcome.
    public func timing(_ name: String, _ outcome: String, microseconds: Int64) -> FunctionFailure {
        var failure = self
        failure.headers.append(HeaderField(MetricField.name, "\(name):\(outcome)~\(microseconds)"))
        return failure
    }
}
