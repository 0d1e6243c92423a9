package io.jwtrawl.classify;

import io.jwtrawl.rules.Privilege;

/// Something that a token says it may do.
///
/// @param scope a scope, role, group or permission, or what another claim says in their place
/// @param claim where it says so, such as `realm_access.roles`
/// @param privilege what that lets its bearer do, as far as the catalogue of scopes knows
public record Grant(String scope, String claim, Privilege privilege) {}
