/// The kill matrix in a few sentences.
package enum MatrixSummary {
    package static func sentences(of matrix: KillMatrix) -> [String] {
        let killed = matrix.hunted.count(where: \.isKilled)
        let seeing = matrix.checks.count { !matrix.killed(by: $0).isEmpty }
        let reporting = matrix.checks.count { matrix.reportOnly[$0] != nil }
        let reported = Set(matrix.hunted.flatMap(\.mutant.reported)).count
        let accused = matrix.correct.flatMap(\.violated).count
        let runs = matrix.correct.map { "\($0.family): \($0.scenarios) scenarios" }.joined(separator: ", ")
        return [
            "\(killed) of \(matrix.hunted.count) mutants are killed.",
            "\(seeing) of \(matrix.checks.count) checks are proven to see, and \(reporting) only report.",
            "The mutants do what \(reported) public reports tell of.",
            "The correct dispatchers (\(runs)) are accused of \(accused == 0 ? "nothing" : "\(accused) things").",
        ]
    }
}
