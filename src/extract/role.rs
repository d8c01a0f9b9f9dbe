//! The grammatical roles that patterns ask for.

/// A role that a pattern asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// To the left: the subject of the trigger's clause.
    Subject,
    /// To the left: beside the subject, "Alfa bersama Beta".
    Beside,
    /// To the left: what the trigger's noun is said of: "Alfa, pesaing Beta".
    Host,
    /// To the right: the object.
    Object,
    /// To the right: the object, or the state whose it is: "menyerang pangkalan Alfa".
    Target,
    /// To the right: after "dengan".
    With,
    /// To the right: who does it, in a passive clause.
    By,
    /// To the right: after "terhadap" and the like.
    Upon,
    /// To the right: after "terhadap" and the like, or the state whose it is.
    Against,
    /// To the right: whither goods go or whence they come: "ekspor chip ke Alfa".
    Toward,
    /// To the right: whose it is, right behind the noun.
    Of,
    /// To the right: after "antara".
    Between,
    /// To the right: which names the noun's bearer: "pesaing Beta, Alfa".
    Named,
}

impl Role {
    /// How many there are.
    pub(super) const COUNT: usize = Role::Named as usize + 1;

    /// The role of this name in `patterns.ron`.
    pub(super) fn from_name(name: &str) -> Option<Role> {
        Some(match name {
            "subject" => Role::Subject,
            "beside" => Role::Beside,
            "host" => Role::Host,
            "object" => Role::Object,
            "target" => Role::Target,
            "against" => Role::Against,
            "toward" => Role::Toward,
            "with" => Role::With,
            "by" => Role::By,
            "upon" => Role::Upon,
            "of" => Role::Of,
            "between" => Role::Between,
            "named" => Role::Named,
            _ => return None,
        })
    }

    /// Whether it stands to the left of the trigger.
    pub(super) fn is_left(self) -> bool {
        matches!(self, Role::Subject | Role::Beside | Role::Host)
    }
}
