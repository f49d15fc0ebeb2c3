extension Symbol {
    /// Two modules above one another in each character, black on white whatever the terminal's own colours are.
    var halfBlocks: String {
        let side = widthWithQuietZone
        return stride(from: 0, to: side, by: 2).map { y in
            let blocks = (0..<side).map { x in Self.block(upper: isDark(x, y), lower: isDark(x, y + 1)) }
            return "\u{1b}[30;107m" + blocks.joined() + "\u{1b}[0m\n"
        }.joined()
    }

    private static func block(upper: Bool, lower: Bool) -> String {
        switch (upper, lower) {
        case (true, true): "█"
        case (true, false): "▀"
        case (false, true): "▄"
        case (false, false): " "
        }
    }
}
