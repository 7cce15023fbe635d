package fr.passnumerique.clearing.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationCredentialsNotFoundException;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/** Holds every endpoint and page to its rule: role once more, and the subject that it names. */
final class PermitInterceptor implements HandlerInterceptor {
  private final Rules rules;
  private final SecondFactors factors;
  private final Denials denials;

  PermitInterceptor(Rules rules, SecondFactors factors, Denials denials) {
    this.rules = rules;
    this.factors = factors;
    this.denials = denials;
  }

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (!(handler instanceof HandlerMethod method) || Rules.exempt(method)) {
      return true;
    }
    Rule rule = rules.of(method);
    if (rule == null) {
      throw new AccessDeniedException("no rule");
    }
    if (rule.everyone()) {
      return true;
    }
    SignedIn login = SignedIn.login();
    if (login == null) {
      throw new AuthenticationCredentialsNotFoundException("nobody known");
    }
    Actor actor = login.actor();
    if (!rule.permits(actor.role())) {
      throw new AccessDeniedException("role");
    }
    if (rule.secondFactor()) {
      factors.require(login);
    }
    for (Rule.Owner owner : rule.owners()) {
      if (owner.kind() == actor.role() && owner.place() != Rule.Place.BODY) {
        compare(actor, owner, request);
      }
    }
    return true;
  }

  private void compare(Actor actor, Rule.Owner owner, HttpServletRequest request) {
    if (owner.place() == Rule.Place.PATH) {
      Object variables = request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
      Object named = variables instanceof Map<?, ?> map ? map.get(owner.name()) : null;
      require(actor, owner, String.valueOf(named));
      return;
    }
    // Each of several values: which one the endpoint is given is not ours to know.
    String[] values = request.getParameterValues(owner.name());
    if (values != null) {
      for (String named : values) {
        require(actor, owner, named);
      }
    }
  }

  private void require(Actor actor, Rule.Owner owner, String named) {
    if (!named.equals(actor.subject())) {
      denials.foreignSubject();
      throw Ownership.foreign(owner.kind(), named);
    }
  }
}
