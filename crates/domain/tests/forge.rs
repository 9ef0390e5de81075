//! What must not compile: making, copying, reusing or storing an approved order without the gate.
//! The expected messages are kept beside the cases and belong to the pinned toolchain.

#[test]
fn an_approved_order_cannot_be_forged_copied_or_reused() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("tests/forge/*.rs");
}

#[cfg(feature = "serde")]
mod stored {
    //! With the wire forms of the values on, an approved order still has none. A compile-fail case
    //! could not tell this, since its message changes with the features of the build.

    use std::marker::PhantomData;

    use catalyst_domain::price::Price;
    use catalyst_domain::risk::ApprovedOrder;

    /// Inherent constants win over those of a trait where their bound holds.
    struct Wire<T>(PhantomData<T>);

    trait WithoutWire {
        const WRITTEN: bool = false;
        const READ: bool = false;
    }

    impl<T> WithoutWire for Wire<T> {}

    impl<T: serde::Serialize> Wire<T> {
        const WRITTEN: bool = true;
    }

    struct Back<T>(PhantomData<T>);

    impl<T> WithoutWire for Back<T> {}

    impl<T: serde::de::DeserializeOwned> Back<T> {
        const READ: bool = true;
    }

    #[test]
    fn an_approved_order_cannot_be_stored_or_read_back() {
        let price = (Wire::<Price>::WRITTEN, Back::<Price>::READ);
        let order = (Wire::<ApprovedOrder>::WRITTEN, Back::<ApprovedOrder>::READ);

        assert_eq!(price, (true, true), "the probe sees what there is");
        assert_eq!(order, (false, false));
    }
}
