package fr.passnumerique.clearing.access;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * In tests of endpoints without accounts: every request is the engine's own, or that of the clerk
 * or party it names.
 */
public final class EngineActs implements WebMvcConfigurer, HandlerMethodArgumentResolver {
  /** Header with the account that acts. */
  public static final String AS = "X-Acting-Account";

  /** Header with a role that has a subject, and that subject: {@code FUNDER anct}. */
  public static final String AS_PARTY = "X-Acting-Party";

  @Override
  public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
    resolvers.add(this);
  }

  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return parameter.getParameterType() == Actor.class;
  }

  @Override
  public Object resolveArgument(
      MethodParameter parameter,
      @Nullable ModelAndViewContainer container,
      NativeWebRequest request,
      @Nullable WebDataBinderFactory binders) {
    String account = request.getHeader(AS);
    String party = request.getHeader(AS_PARTY);
    if (party != null) {
      String[] words = party.split(" ", 2);
      return new Actor(words[1] + "-1", Role.valueOf(words[0]), words[1]);
    }
    return account == null ? Actor.ENGINE : new Actor(account, Role.CLERK, "");
  }
}
