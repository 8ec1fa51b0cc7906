declare const brand: unique symbol;

/**
 * The workspace somebody acts for. Only access/ makes one, from a credential it has checked; the register hands
 * back those it was given. Whoever holds one may see that workspace, and nobody can reach a row without one.
 */
export type WorkspaceId = string & { readonly [brand]: "WorkspaceId" };
