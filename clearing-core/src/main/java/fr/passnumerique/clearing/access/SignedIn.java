package fr.passnumerique.clearing.access;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * An account that showed its password or its API key. Opaque outside of this package: who asks is
 * its {@link Actor}.
 *
 * <p>{@code generation} is that of the account when it did: a later one (a new password, a disabled
 * account) ends its sessions.
 */
public final class SignedIn extends AbstractAuthenticationToken {
  private static final long serialVersionUID = 1L;

  private final transient Actor actor;
  private final int generation;
  private final @Nullable String session;
  private final @Nullable String key;
  private final boolean factorShown;

  SignedIn(Actor actor, int generation) {
    this(actor, generation, null, null, false);
  }

  /**
   * @param session null for an API key
   * @param key names the API key; null for a session
   * @param factorShown whether a second factor was shown, by the session or by who made the key
   */
  private SignedIn(
      Actor actor,
      int generation,
      @Nullable String session,
      @Nullable String key,
      boolean factorShown) {
    super(List.of(new SimpleGrantedAuthority("ROLE_" + actor.role())));
    this.actor = actor;
    this.generation = generation;
    this.session = session;
    this.key = key;
    this.factorShown = factorShown;
    super.setAuthenticated(true);
  }

  Actor actor() {
    return actor;
  }

  int generation() {
    return generation;
  }

  /** Which of the account's {@link Sessions}; null for an API key. */
  @Nullable String session() {
    return session;
  }

  /** Which of the account's API keys; null for a session. */
  @Nullable String key() {
    return key;
  }

  /** Whether a second factor stands behind what is asked. */
  public boolean factorShown() {
    return factorShown;
  }

  SignedIn in(String session) {
    return new SignedIn(actor, generation, session, null, factorShown);
  }

  SignedIn by(String key) {
    return new SignedIn(actor, generation, null, key, factorShown);
  }

  SignedIn withFactor() {
    return new SignedIn(actor, generation, session, key, true);
  }

  /**
   * @return who is asking now; null if nobody known
   */
  static @Nullable Actor current() {
    SignedIn signedIn = login();
    return signedIn == null ? null : signedIn.actor();
  }

  /** As {@link #current}, with how. */
  static @Nullable SignedIn login() {
    return SecurityContextHolder.getContext().getAuthentication() instanceof SignedIn signedIn
        ? signedIn
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
        && that.generation == generation
        && Objects.equals(that.session, session)
        && Objects.equals(that.key, key)
        && that.factorShown == factorShown;
  }

  @Override
  public int hashCode() {
    return actor.hashCode();
  }
}
