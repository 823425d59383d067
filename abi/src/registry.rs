//! Engine-wide identity of types: iso-recursive canonicalization.
//!
//! Two rec groups are equal if they have the same structure once references into the group are replaced by positions and
//! references out of it by identities (Core Specification 3.0, "Defined Types"). Each distinct group gets consecutive
//! [`TypeId`]s, so that `call_indirect` and casts compare one integer. Groups are reference counted: an identity lives as
//! long as some registration holds it, or some live group refers to it.

use crate::entity::TypeId;
use crate::module::ModuleTypes;
use crate::types::*;
use alloc::boxed::Box;
use alloc::vec::Vec;
use core::ops::Range;
use cranelift_entity::{EntityRef, PrimaryMap};
use hashbrown::HashMap;

/// A rec group in canonical form: references are [`TypeRef::Group`] or [`TypeRef::Engine`].
type CanonicalGroup = Box<[SubType]>;

struct Group {
    canonical: CanonicalGroup,
    first: u32,
    uses: u32,
}

/// What one module (or one host function) holds of the registry. Give it back with [`TypeRegistry::release`].
#[derive(Debug, Default)]
pub struct Registration {
    /// Identity of each type of the module.
    pub ids: PrimaryMap<crate::entity::TypeIndex, TypeId>,
    groups: Vec<usize>,
}

/// The types of one engine. Identities of two engines must never be compared.
#[derive(Default)]
pub struct TypeRegistry {
    by_structure: HashMap<CanonicalGroup, usize>,
    groups: Vec<Option<Group>>,
    /// Definition (references are identities) and group of each identity.
    types: Vec<Option<(SubType, usize)>>,
    /// Numbers of free groups.
    free_groups: Vec<usize>,
    /// Free identities: start of ranges by length.
    free_ids: HashMap<usize, Vec<u32>>,
}

impl TypeRegistry {
    /// Gives every type of a module its identity.
    pub fn register(&mut self, module: &ModuleTypes) -> Registration {
        let mut registration = Registration::default();
        for range in &module.rec_groups {
            let types = range.clone().map(|i| &module.types[crate::entity::TypeIndex::from_u32(i)]);
            let group = self.register_group(&registration.ids, range, types);
            registration.groups.push(group);
            let first = self.group(group).first;
            for i in 0..range.end - range.start {
                registration.ids.push(TypeId::from_u32(first + i));
            }
        }
        registration
    }

    /// Gives a single function type its identity. Its references must be abstract or [`TypeRef::Engine`].
    pub fn register_func(&mut self, ty: &FuncType) -> Registration {
        let mut registration = Registration::default();
        let ty = SubType::function(ty.clone());
        let group = self.register_group(&registration.ids, &(0..1), core::iter::once(&ty));
        registration.groups.push(group);
        registration.ids.push(TypeId::from_u32(self.group(group).first));
        registration
    }

    fn register_group<'a>(
        &mut self,
        ids: &PrimaryMap<crate::entity::TypeIndex, TypeId>,
        range: &Range<u32>,
        types: impl Iterator<Item = &'a SubType>,
    ) -> usize {
        let mut to_canonical = |r| match r {
            TypeRef::Module(i) if range.contains(&i.as_u32()) => TypeRef::Group(i.as_u32() - range.start),
            TypeRef::Module(i) => TypeRef::Engine(ids[i]),
            other => other,
        };
        let canonical: CanonicalGroup = types.map(|t| t.map_refs(&mut to_canonical)).collect();
        if let Some(&group) = self.by_structure.get(&canonical) {
            self.groups[group].as_mut().expect("groups that can be found are live").uses += 1;
            return group;
        }
        let number = self.free_groups.pop().unwrap_or(self.groups.len());
        let first = self.allocate_ids(canonical.len());
        for (i, ty) in (first..).zip(&canonical) {
            let mut to_engine = |r| match r {
                TypeRef::Group(i) => TypeRef::Engine(TypeId::from_u32(first + i)),
                other => other,
            };
            self.types[TypeId::from_u32(i).index()] = Some((ty.map_refs(&mut to_engine), number));
        }
        for used in self.groups_referred_to_by(&canonical) {
            self.groups[used].as_mut().expect("referred-to groups are live").uses += 1;
        }
        self.by_structure.insert(canonical.clone(), number);
        let group = Some(Group { canonical, first, uses: 1 });
        if number == self.groups.len() {
            self.groups.push(group);
        } else {
            self.groups[number] = group;
        }
        number
    }

    fn allocate_ids(&mut self, len: usize) -> u32 {
        if let Some(first) = self.free_ids.get_mut(&len).and_then(Vec::pop) {
            return first;
        }
        let first = u32::try_from(self.types.len()).expect("fewer than 2^32 types");
        self.types.resize_with(self.types.len() + len, || None);
        first
    }

    /// The groups outside of `canonical` that it refers to, once for each reference.
    fn groups_referred_to_by(&self, canonical: &CanonicalGroup) -> Vec<usize> {
        let mut groups = Vec::new();
        for ty in canonical {
            ty.map_refs(&mut |r| {
                if let TypeRef::Engine(id) = r {
                    groups.push(self.entry(id).1);
                }
                r
            });
        }
        groups
    }

    fn group(&self, number: usize) -> &Group {
        self.groups[number].as_ref().expect("live group")
    }

    fn entry(&self, id: TypeId) -> &(SubType, usize) {
        self.types[id.index()].as_ref().expect("live type identity")
    }

    /// Gives a registration back.
    pub fn release(&mut self, registration: Registration) {
        let mut pending = registration.groups;
        while let Some(number) = pending.pop() {
            let group = self.groups[number].as_mut().expect("registered groups are live");
            group.uses -= 1;
            if group.uses == 0 {
                let group = self.groups[number].take().expect("live group");
                pending.extend(self.groups_referred_to_by(&group.canonical));
                for i in 0..group.canonical.len() {
                    self.types[TypeId::from_u32(group.first).index() + i] = None;
                }
                self.by_structure.remove(&group.canonical);
                self.free_ids.entry(group.canonical.len()).or_default().push(group.first);
                self.free_groups.push(number);
            }
        }
    }

    /// The definition behind an identity; references in it are [`TypeRef::Engine`].
    ///
    /// # Panics
    ///
    /// If no registration holds `id`.
    pub fn get(&self, id: TypeId) -> &SubType {
        &self.entry(id).0
    }

    /// How many identities are live.
    pub fn len(&self) -> usize {
        self.types.iter().flatten().count()
    }

    /// Whether no identity is live.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether `sub` is `sup` or declared below it.
    pub fn is_subtype(&self, sub: TypeId, sup: TypeId) -> bool {
        let mut current = sub;
        loop {
            if current == sup {
                return true;
            }
            match self.get(current).supertype {
                Some(TypeRef::Engine(next)) => current = next,
                _ => return false,
            }
        }
    }

    /// Whether heap type `sub` is below `sup` or equal to it. References are [`TypeRef::Engine`].
    pub fn heap_matches(&self, sub: HeapType, sup: HeapType) -> bool {
        use HeapType as H;
        if sub == sup {
            return true;
        }
        match (sub, sup) {
            (H::Concrete(TypeRef::Engine(a)), H::Concrete(TypeRef::Engine(b))) => self.is_subtype(a, b),
            (H::Concrete(TypeRef::Engine(a)), sup) => match self.get(a).composite {
                CompositeType::Func(_) => sup == H::Func,
                CompositeType::Struct(_) => matches!(sup, H::Struct | H::Eq | H::Any),
                CompositeType::Array(_) => matches!(sup, H::Array | H::Eq | H::Any),
                CompositeType::Cont(_) => sup == H::Cont,
            },
            (H::NoFunc | H::NoCont | H::None, H::Concrete(TypeRef::Engine(b))) => {
                sub == match self.get(b).composite {
                    CompositeType::Func(_) => H::NoFunc,
                    CompositeType::Cont(_) => H::NoCont,
                    CompositeType::Struct(_) | CompositeType::Array(_) => H::None,
                }
            }
            (H::NoFunc, H::Func) | (H::NoExtern, H::Extern) | (H::NoExn, H::Exn) | (H::NoCont, H::Cont) => true,
            (H::None, H::Any | H::Eq | H::I31 | H::Struct | H::Array) => true,
            (H::I31 | H::Struct | H::Array, H::Eq | H::Any) | (H::Eq, H::Any) => true,
            _ => false,
        }
    }

    /// Whether reference type `sub` is below `sup` or equal to it.
    pub fn ref_matches(&self, sub: RefType, sup: RefType) -> bool {
        (!sub.nullable || sup.nullable) && self.heap_matches(sub.heap, sup.heap)
    }

    /// Whether value type `sub` is below `sup` or equal to it.
    pub fn val_matches(&self, sub: ValType, sup: ValType) -> bool {
        match (sub, sup) {
            (ValType::Ref(a), ValType::Ref(b)) => self.ref_matches(a, b),
            (a, b) => a == b,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity::TypeIndex;

    fn func(params: &[ValType]) -> SubType {
        SubType::function(FuncType { params: params.into(), results: [].into() })
    }

    fn concrete(index: u32) -> ValType {
        ValType::Ref(RefType { nullable: true, heap: HeapType::Concrete(TypeRef::Module(TypeIndex::from_u32(index))) })
    }

    fn module(groups: &[&[SubType]]) -> ModuleTypes {
        let mut types = ModuleTypes::default();
        for group in groups {
            let start = u32::try_from(types.types.len()).unwrap();
            for ty in *group {
                types.types.push(ty.clone());
            }
            types.rec_groups.push(start..u32::try_from(types.types.len()).unwrap());
        }
        types
    }

    #[test]
    fn equal_structure_is_one_identity_whatever_the_index() {
        let mut registry = TypeRegistry::default();
        let a = registry.register(&module(&[&[func(&[ValType::I32])], &[func(&[concrete(0)])]]));
        let b = registry.register(&module(&[&[func(&[])], &[func(&[ValType::I32])], &[func(&[concrete(1)])]]));
        let (t, u) = (TypeIndex::from_u32, TypeIndex::from_u32);
        assert_eq!(a.ids[t(0)], b.ids[u(1)]);
        assert_eq!(a.ids[t(1)], b.ids[u(2)]);
        assert_ne!(a.ids[t(0)], b.ids[u(0)]);
    }

    #[test]
    fn recursion_is_compared_by_position_in_the_group() {
        let mut registry = TypeRegistry::default();
        let a = registry.register(&module(&[&[func(&[concrete(0)])]]));
        let b = registry.register(&module(&[&[func(&[])], &[func(&[concrete(1)])]]));
        assert_eq!(a.ids[TypeIndex::from_u32(0)], b.ids[TypeIndex::from_u32(1)]);
        // The same function in a group of two is another type.
        let c = registry.register(&module(&[&[func(&[concrete(0)]), func(&[])]]));
        assert_ne!(a.ids[TypeIndex::from_u32(0)], c.ids[TypeIndex::from_u32(0)]);
    }

    #[test]
    fn released_types_are_gone_and_referred_to_types_stay() {
        let mut registry = TypeRegistry::default();
        let a = registry.register(&module(&[&[func(&[ValType::I64])]]));
        let b = registry.register(&module(&[&[func(&[ValType::I64])], &[func(&[concrete(0)])]]));
        registry.release(a);
        assert_eq!(registry.len(), 2);
        registry.release(b);
        assert!(registry.is_empty());
        let c = registry.register(&module(&[&[func(&[ValType::F32])]]));
        assert_eq!(registry.len(), 1);
        registry.release(c);
    }
}
