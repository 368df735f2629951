//! A small archive to ask questions of: six articles that differ in each thing that a query can name.

use crate::harness::Sandbox;

/// The articles, by ids that say what they are about.
const RECORDS: &str = concat!(
    r#"{"id":"indus","title":"Two governments share the Indus","authors":["Amara Finch"],"publisher":"The Harbour Review","published":"2019-03-04","language":"en","url":"https://example.org/indus","text":"Water policy on the upper river is made by two governments.\n\nThe treaty gives each of them three tributaries, and a commission meets every spring to count the water."}"#,
    "\n",
    r#"{"id":"oil","title":"Water behind the oil fields","authors":["Bo Chen","Amara Finch"],"publisher":"The Northern Ledger","published":"2020-06-30","language":"en","text":"The pumps that lift oil need water as well.\n\nA policy of reuse would spare the river below the fields."}"#,
    "\n",
    r#"{"id":"sanctions","title":"Sanctions and the shipping trade","authors":["Ana Ruiz"],"publisher":"The Harbour Review","published":"2021","language":"en","text":"Sanctions were tightened twice that year.\n\nShips turned off their signals, and insurers asked for more. An embargo on oil followed."}"#,
    "\n",
    r#"{"id":"treaty","title":"A peace treaty in sight","authors":["Ana Ruiz"],"publisher":"The Northern Ledger","published":"2022-06","language":"en","text":"Negotiators expect a treaty before the winter.\n\nWhat it says of the river is not known."}"#,
    "\n",
    r#"{"id":"eau","title":"La politique de l'eau","authors":["Hélène Dufour"],"publisher":"L'Observatoire","published":"2023-01-15","language":"fr","text":"La politique de l'eau dépend de deux gouvernements.\n\nLe traité sur le fleuve date d'une autre époque, et personne ne veut le rouvrir."}"#,
    "\n",
    r#"{"id":"undated","title":"Notes on canals","language":"en","text":"Canals carry grain, and they carry it slowly.\n\nNobody wrote down when these notes were made."}"#,
    "\n",
);

/// A sandbox with the archive in its index.
#[track_caller]
pub fn archive() -> Sandbox {
    Sandbox::with_records(RECORDS)
}
