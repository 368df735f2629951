//! What a run tells of inputs that are set aside while it is under way: some of each kind, and how many more there were.
//! All of them stand in its account.

use std::collections::BTreeMap;

/// Lines that are told of inputs with one reason: enough to see what they have in common.
const LINES_OF_A_REASON: u64 = 20;

/// Reasons that are counted each by itself.
const REASONS: usize = 50;

/// What inputs beyond these reasons have in common.
const OTHERS: &str = "for other reasons";

/// How many inputs were set aside for which reason.
#[derive(Debug, Default)]
pub struct SetAsideTold {
    inputs: BTreeMap<String, u64>,
}

impl SetAsideTold {
    /// Counts an input with this `reason`; whether it is to be told.
    pub fn is_told(&mut self, reason: &str) -> bool {
        let is_known = self.inputs.len() < REASONS || self.inputs.contains_key(reason);
        let inputs = self.inputs.entry(if is_known { reason } else { OTHERS }.to_owned()).or_default();
        *inputs += 1;
        *inputs <= LINES_OF_A_REASON
    }

    /// How many weren't told, a line for each reason that there were more of. From here on it counts anew.
    pub fn untold(&mut self) -> Vec<String> {
        let more = std::mem::take(&mut self.inputs).into_iter();
        let more = more.filter(|&(_, inputs)| inputs > LINES_OF_A_REASON);
        more.map(|(reason, inputs)| {
            let inputs = inputs - LINES_OF_A_REASON;
            format!(
                "set aside: {inputs} more: {reason} (`ibid report` lists them; of a dry run, `--report FILE`)"
            )
        })
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_each_reason_are_told_and_the_others_counted() {
        let mut told = SetAsideTold::default();
        assert_eq!((0..70).filter(|_| told.is_told("it is empty")).count(), 20);
        assert!(told.is_told("it is encrypted"));
        assert_eq!(
            told.untold(),
            ["set aside: 50 more: it is empty (`ibid report` lists them; of a dry run, `--report FILE`)"]
        );
        assert!(told.untold().is_empty());
    }

    #[test]
    fn of_any_number_of_reasons_a_bounded_number_is_told() {
        let mut told = SetAsideTold::default();
        let lines = (0..10_000).filter(|number| told.is_told(&format!("reason {number}"))).count();
        assert_eq!(lines, 50 + 20);
        assert_eq!(told.untold().len(), 1);
    }
}
