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
 * it names.
 */
public final class EngineActs implements WebMvcConfigurer, HandlerMethodArgumentResolver {
  /** Header with the account that acts. */
  public static final String AS = "X-Acting-Account";

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
    return account == null ? Actor.ENGINE : new Actor(account, Role.CLERK, "");
  }
}
