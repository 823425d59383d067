//! Why a count or a size changed: which function costs more, and what its code has more of.

use crate::callgrind::{Cost, Count, GUEST};
use std::collections::{BTreeMap, BTreeSet};

/// Instructions of each function, as text.
pub type Listing = BTreeMap<String, Vec<String>>;

/// A function's share of a change below which it does not explain it.
const MIN_SHARE: f64 = 0.2;

/// Functions named at most.
const MAX_NAMED: usize = 2;

/// Why a count changed, by functions; if the code of a guest function did, by its instructions as well, which `listings`
/// gives for base and head.
pub fn count(base: &Count, head: &Count, listings: &dyn Fn() -> Option<(Listing, Listing)>) -> Option<String> {
    let total = signed(head.instructions) - signed(base.instructions);
    if total == 0 {
        return None;
    }
    let none = Cost::default();
    let names: BTreeSet<&String> = base.functions.keys().chain(head.functions.keys()).collect();
    let mut changes: Vec<(&String, Cost, Cost)> = names
        .into_iter()
        .map(|name| (name, *base.functions.get(name).unwrap_or(&none), *head.functions.get(name).unwrap_or(&none)))
        .filter(|(_, a, b)| (delta(*a, *b) > 0) == (total > 0) && delta(*a, *b) != 0)
        .collect();
    changes.sort_by_key(|(_, a, b)| std::cmp::Reverse(delta(*a, *b).abs()));
    let mut parts = Vec::new();
    let mut guests = None;
    for (name, a, b) in changes.iter().take(MAX_NAMED) {
        #[allow(clippy::cast_precision_loss, reason = "counts are below 2^53")]
        let share = delta(*a, *b) as f64 / total as f64;
        if share < MIN_SHARE && !parts.is_empty() {
            break;
        }
        parts.push(function(name, *a, *b));
        if let Some(guest) = name.strip_prefix(GUEST) {
            let both = guests.get_or_insert_with(listings);
            if let Some((base, head)) = both
                && let (Some(base), Some(head)) = (base.get(guest), head.get(guest))
                && let Some(text) = code(base, head)
            {
                parts.push(text);
            }
        }
    }
    (!parts.is_empty()).then(|| parts.join("; "))
}

/// Why the size of code changed: the function that changed most.
pub fn size(base: &Listing, head: &Listing) -> Option<String> {
    let none = Vec::new();
    let names: BTreeSet<&String> = base.keys().chain(head.keys()).collect();
    let length = |listing: &Listing, name: &String| listing.get(name).map_or(0, Vec::len);
    let changed = names.iter().filter(|name| base.get(**name) != head.get(**name)).count();
    let most = names.into_iter().max_by_key(|name| {
        let different = base.get(*name) != head.get(*name);
        (length(head, name).abs_diff(length(base, name)), different)
    })?;
    let (a, b) = (base.get(most).unwrap_or(&none), head.get(most).unwrap_or(&none));
    let text = code(a, b)?;
    Some(format!("{changed} functions changed, most `{most}`: {text}"))
}

fn function(name: &str, a: Cost, b: Cost) -> String {
    let delta = delta(a, b);
    let name = match name.strip_prefix(GUEST) {
        Some(guest) => format!("code of `{guest}`"),
        None => format!("`{}`", short(name)),
    };
    let mut text = format!("{} in {name}", quantity(delta));
    #[allow(clippy::cast_precision_loss, reason = "counts are below 2^53")]
    if a.instructions > 0 {
        text.push_str(&format!(" ({:+.1} %)", delta as f64 / a.instructions as f64 * 100.0));
    } else {
        text.push_str(" (new)");
    }
    // A handler of the interpreter, or whatever else is called often: what one call costs says it best.
    #[allow(clippy::cast_precision_loss, reason = "counts are below 2^53")]
    if a.calls > 1 && b.calls > 1 {
        let per_call = |cost: Cost| cost.instructions as f64 / cost.calls as f64;
        match a.calls == b.calls {
            true => text.push_str(&format!(", {:.1} → {:.1} instructions per call", per_call(a), per_call(b))),
            false => text.push_str(&format!(", {} → {} calls", a.calls, b.calls)),
        }
    }
    text
}

/// How the instructions of two versions of a function differ: by mnemonics, and where first. None if they do not.
fn code(base: &[String], head: &[String]) -> Option<String> {
    let first = (0..base.len().max(head.len())).find(|i| base.get(*i) != head.get(*i))?;
    let mut mnemonics: BTreeMap<&str, i64> = BTreeMap::new();
    for (lines, sign) in [(base, -1), (head, 1)] {
        for line in lines {
            let name = line.split_whitespace().next().unwrap_or(line);
            *mnemonics.entry(name).or_default() += sign;
        }
    }
    let mut changes: Vec<_> = mnemonics.into_iter().filter(|(_, n)| *n != 0).collect();
    changes.sort_by_key(|(name, n)| (std::cmp::Reverse(n.abs()), *name));
    let mut text = format!("{} → {} instructions", base.len(), head.len());
    if !changes.is_empty() {
        let changes: Vec<_> = changes.iter().take(4).map(|(name, n)| format!("{n:+} `{name}`")).collect();
        text.push_str(&format!(" ({})", changes.join(", ")));
    }
    let line = |lines: &[String]| lines.get(first).map_or("nothing".to_owned(), |l| format!("`{l}`"));
    text.push_str(&format!(", first at {first}: {} → {}", line(base), line(head)));
    Some(text)
}

fn signed(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn delta(a: Cost, b: Cost) -> i64 {
    signed(b.instructions) - signed(a.instructions)
}

fn quantity(delta: i64) -> String {
    #[allow(clippy::cast_precision_loss, reason = "counts are below 2^53")]
    let value = delta as f64;
    match value.abs() {
        v if v < 1e4 => format!("{value:+.0}"),
        v if v < 1e6 => format!("{:+.1} k", value / 1e3),
        _ => format!("{:+.2} M", value / 1e6),
    }
}

/// A path without the parts in front that say nothing in a table.
fn short(name: &str) -> &str {
    // Paths of generic and trait items have brackets, in which `::` means something else.
    if name.contains(['<', '{']) || name.len() < 60 {
        return name;
    }
    let cut = name.len() - 60;
    name.match_indices("::").find(|(at, _)| *at >= cut).map_or(name, |(at, _)| &name[at + 2..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(functions: &[(&str, u64, u64)]) -> Count {
        let cost = |&(name, instructions, calls): &(&str, u64, u64)| (name.to_owned(), Cost { instructions, calls });
        let instructions = functions.iter().map(|f| f.1).sum();
        Count { instructions, functions: functions.iter().map(cost).collect() }
    }

    fn listing(lines: &[&str]) -> Listing {
        Listing::from([("hot".to_owned(), lines.iter().map(|l| (*l).to_owned()).collect())])
    }

    #[test]
    fn the_function_that_costs_more_is_named_with_its_cost_per_call() {
        let base = counts(&[("handlers::xload32", 1_200_000, 100_000), ("other", 500_000, 3), ("faster", 90_000, 1)]);
        let head = counts(&[("handlers::xload32", 1_300_000, 100_000), ("other", 500_010, 3), ("faster", 80_000, 1)]);
        assert_eq!(
            count(&base, &head, &|| None).as_deref(),
            Some("+100.0 k in `handlers::xload32` (+8.3 %), 12.0 → 13.0 instructions per call")
        );
        assert_eq!(count(&base, &base, &|| None), None);
    }

    #[test]
    fn code_of_the_guest_is_shown_by_what_it_has_more_of() {
        let (base, head) = (counts(&[("guest:hot", 1000, 0)]), counts(&[("guest:hot", 1500, 0)]));
        let listings = || {
            let base = listing(&["push rbp", "add eax, 1", "ret"]);
            Some((base, listing(&["push rbp", "mov [rsp], eax", "add eax, 1", "ret"])))
        };
        assert_eq!(
            count(&base, &head, &listings).as_deref(),
            Some(
                "+500 in code of `hot` (+50.0 %); 3 → 4 instructions (+1 `mov`), first at 1: `add eax, 1` → `mov [rsp], eax`"
            )
        );
    }

    #[test]
    fn sizes_name_the_function_that_changed_most() {
        let text = size(&listing(&["ret"]), &listing(&["nop", "ret"])).expect("differs");
        assert!(text.starts_with("1 functions changed, most `hot`: 1 → 2 instructions (+1 `nop`)"), "{text}");
        assert_eq!(size(&listing(&["ret"]), &listing(&["ret"])), None);
    }
}
