//! The table as one page.

use crate::coverage::{Coverage, Place, Reach, show, sums};
use gantry_emit::Isa;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// A form of an operator, with its cells.
type FormRow<'a> = (&'a str, &'a BTreeMap<Place, Reach>);

const HEAD: &str = "<!doctype html><html lang=en><meta charset=utf-8><title>What the tests reach</title><style>\
    body{font:14px sans-serif}table{border-collapse:collapse}td,th{border:1px solid #ccc;padding:2px 6px;text-align:left}\
    .executed{background:#bfb}.compiled{background:#def}.part,.not{background:#ffb}.missing{background:#fbb}</style>\
    <h1>What the tests reach</h1><p>Green: executed with a checked result. Blue: compiled, not run. Yellow: not run, or not all of \
    it. Red: no test has it.";

impl Coverage {
    /// The table as one page.
    pub fn to_html(&self) -> String {
        let mut html = String::from(HEAD);
        html.push_str("\n<h2>Sums</h2><ul>");
        for (isa, counts) in sums(self.operations.values()) {
            let _ = write!(html, "\n<li>Operations of CLIF on {isa}: {}", show(&counts));
        }
        for ((isa, backend), counts) in sums(self.forms.values()) {
            let _ = write!(html, "\n<li>Forms of operators by {backend} on {isa}: {}", show(&counts));
        }
        html.push_str("\n</ul>");
        self.operations_to_html(&mut html);
        self.forms_to_html(&mut html);
        html
    }

    fn operations_to_html(&self, html: &mut String) {
        let isas: BTreeSet<Isa> = self.operations.values().flat_map(|cells| cells.keys().copied()).collect();
        html.push_str("\n<h2>Operations of CLIF that the translation produces</h2><table><tr><th>operation<th>type");
        for isa in &isas {
            let _ = write!(html, "<th>{isa}");
        }
        for ((opcode, ctrl), cells) in &self.operations {
            let _ = write!(html, "\n<tr><td>{opcode}<td>{ctrl}");
            for isa in &isas {
                let _ = match cells.get(isa) {
                    None => write!(html, "<td>"),
                    Some(reach) => write!(html, "<td class={}>{0}", reach.name()),
                };
            }
        }
        html.push_str("\n</table>");
    }

    /// One row for each operator: how many of its forms were executed; those that were not are in the cell's title.
    fn forms_to_html(&self, html: &mut String) {
        let places: BTreeSet<&Place> = self.forms.values().flat_map(BTreeMap::keys).collect();
        html.push_str("\n<h2>Operators, by the forms of their operands</h2><table><tr><th>operator");
        for (isa, backend) in &places {
            let _ = write!(html, "<th>{backend} {isa}");
        }
        let mut operators: BTreeMap<&str, Vec<FormRow<'_>>> = BTreeMap::new();
        for ((operator, form), cells) in &self.forms {
            operators.entry(operator).or_default().push((form, cells));
        }
        for (operator, forms) in operators {
            let _ = write!(html, "\n<tr><td>{operator}");
            for &place in &places {
                let open: Vec<&str> =
                    forms.iter().filter(|f| f.1.get(place) != Some(&Reach::Executed)).map(|f| f.0).collect();
                let done = forms.len() - open.len();
                let class = match (done, open.len()) {
                    (_, 0) => "executed",
                    (0, _) => "not",
                    _ => "part",
                };
                let title =
                    if open.is_empty() { String::new() } else { format!(" title=\"not run: {}\"", open.join(", ")) };
                let _ = write!(html, "<td class={class}{title}>{done}/{}", forms.len());
            }
        }
        html.push_str("\n</table>\n");
    }
}
