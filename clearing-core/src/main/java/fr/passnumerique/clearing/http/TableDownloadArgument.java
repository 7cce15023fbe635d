package fr.passnumerique.clearing.http;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Gives a {@link TableExport} its download, in the format that the request asks for. */
final class TableDownloadArgument implements HandlerMethodArgumentResolver {
  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return parameter.getParameterType() == TableDownload.class;
  }

  @Override
  public TableDownload resolveArgument(
      MethodParameter parameter,
      @Nullable ModelAndViewContainer container,
      NativeWebRequest request,
      @Nullable WebDataBinderFactory binders)
      throws Exception {
    if (container != null) {
      container.setRequestHandled(true);
    }
    return new TableDownload(
        format(parameter, request, Objects.requireNonNull(binders)),
        Objects.requireNonNull(request.getNativeResponse(HttpServletResponse.class)));
  }

  private static TableFormat format(
      MethodParameter parameter, NativeWebRequest request, WebDataBinderFactory binders)
      throws Exception {
    String asked = request.getParameter(TableDownload.PARAMETER);
    if (asked == null) {
      return Objects.requireNonNull(parameter.getMethodAnnotation(TableExport.class)).otherwise();
    }
    try {
      return Objects.requireNonNull(
          binders
              .createBinder(request, null, TableDownload.PARAMETER)
              .convertIfNecessary(asked, TableFormat.class, parameter));
    } catch (TypeMismatchException e) {
      throw new MethodArgumentTypeMismatchException(
          asked, TableFormat.class, TableDownload.PARAMETER, parameter, e);
    }
  }
}
