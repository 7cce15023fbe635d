package fr.passnumerique.clearing.access;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * An account that showed its password or its API key.
 *
 * <p>{@code generation} is that of the account when it did: a later one (a new password, a disabled
 * account) ends its sessions.
 */
final class SignedIn extends AbstractAuthenticationToken {
  private static final long serialVersionUID = 1L;

  private final transient Actor actor;
  private final int generation;

  SignedIn(Actor actor, int generation) {
    super(List.of(new SimpleGrantedAuthority("ROLE_" + actor.role())));
    this.actor = actor;
    this.generation = generation;
    super.setAuthenticated(true);
  }

  Actor actor() {
    return actor;
  }

  int generation() {
    return generation;
  }

  /**
   * @return who is asking now; null if nobody known
   */
  static @Nullable Actor current() {
    return SecurityContextHolder.getContext().getAuthentication() instanceof SignedIn signedIn
        ? signedIn.actor()
        : null;
  }

  @Override
  public Actor getPrincipal() {
    return actor;
  }

  @Override
  public String getName() {
    return actor.account();
  }

  @Override
  public Object getCredentials() {
    return "";
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SignedIn that
        && that.actor.equals(actor)
        && that.generation == generation;
  }

  @Override
  public int hashCode() {
    return actor.hashCode();
  }
}
