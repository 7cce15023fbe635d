package fr.passnumerique.clearing.access;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.security.authentication.AuthenticationCredentialsNotFoundException;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/**
 * Gives an endpoint its {@link Actor}; {@code @Nullable} or {@code Optional} where all may call.
 */
final class ActorArgument implements HandlerMethodArgumentResolver {
  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return parameter.nestedIfOptional().getNestedParameterType() == Actor.class;
  }

  @Override
  public @Nullable Object resolveArgument(
      MethodParameter parameter,
      @Nullable ModelAndViewContainer container,
      NativeWebRequest request,
      @Nullable WebDataBinderFactory binders) {
    Actor actor = SignedIn.current();
    if (parameter.getParameterType() == Optional.class) {
      return Optional.ofNullable(actor);
    }
    if (actor == null && !Rule.optional(parameter)) {
      throw new AuthenticationCredentialsNotFoundException("nobody known");
    }
    return actor;
  }
}
