import Platform
public import Runtime

/// What the workers that send tell one another on a machine, in memory that they share: the last numbers of
/// conversations, and how much was sent lately.
public struct SendMemory {
    let numbers: LastNumbers
    let rates: SharedRates

    /// `nil` where the environment names no memory that is shared, or not enough.
    public init?(_ environment: FunctionEnvironment) {
        guard let number = environment.setting(SharedMemory.variable).flatMap(CInt.init),
            let memory = try? SharedMemory(owning: number)
        else { return nil }
        let border = memory.mapping.count / 4 / SharedRates.rowSize * SharedRates.rowSize
        guard let numbers = LastNumbers(memory, 0..<border),
            let rates = SharedRates(memory, border..<memory.mapping.count)
        else { return nil }
        self.numbers = numbers
        self.rates = rates
    }
}
