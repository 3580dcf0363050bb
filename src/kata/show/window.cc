// SPDX-License-Identifier: Apache-2.0
#include "kata/show/window.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>

#include "kata/show/quiet_libraries.h"

#if KATA_WITH_DESKTOP
#include <dlfcn.h>

#include <opencv2/highgui.hpp>
#include <opencv2/imgproc.hpp>
#endif

namespace kata {

#if KATA_WITH_DESKTOP
namespace {

constexpr int kEscape = 27;
constexpr int kBackspace = 8;

/// GTK and Qt give X11's key symbols; modifiers lie in the upper bits.
std::optional<int> key_from_code(int code, bool is_typing) {
  switch (code & 0xFFFF) {
    case 0xFF51:
      return static_cast<int>(Key::kLeft);
    case 0xFF52:
      return static_cast<int>(Key::kUp);
    case 0xFF53:
      return static_cast<int>(Key::kRight);
    case 0xFF54:
      return static_cast<int>(Key::kDown);
    case 0xFFFF:
    case 0xFF08:
    case kBackspace:
      return static_cast<int>(Key::kDelete);
    case kEscape:
    case 0xFF1B:
      return is_typing ? static_cast<int>(Key::kEscape) : 'q';
    case '\r':
    case '\n':
    case 0xFF0D:
    case 0xFF8D:
      return is_typing ? std::optional(static_cast<int>(Key::kEnter)) : std::nullopt;
    default:
      break;
  }
  const int character = code & 0xFF;
  if ((code & 0xFF00) != 0 || !std::isprint(character)) return std::nullopt;  // Shift, F1, …
  return std::tolower(character);  // some window libraries do not say whether Shift was down
}

class DesktopWindow : public Window {
 public:
  explicit DesktopWindow(std::string title) : title_(std::move(title)) {
    cv::namedWindow(title_, cv::WINDOW_NORMAL | cv::WINDOW_KEEPRATIO | cv::WINDOW_GUI_NORMAL);
  }
  ~DesktopWindow() override {
    try {
      cv::destroyWindow(title_);
    } catch (const cv::Exception&) {  // the user closed it before
    }
  }

  void show(const ImageView& picture) override {
    if (is_closed_) return;
    const int type = CV_8UC(channels(picture.format));
    const cv::Mat pixels(picture.height, picture.width, type,
                         const_cast<std::uint8_t*>(picture.data), picture.row_stride);
    if (picture.width != width_ || picture.height != height_) {
      cv::resizeWindow(title_, picture.width, picture.height);
      width_ = picture.width;
      height_ = picture.height;
      is_shown_ = true;
    }
    cv::imshow(title_, in_window_order(pixels, picture.format));
  }

  std::optional<int> key(Duration wait) override {
    if (is_closed_) return closing_key();
    const auto wait_ms = std::chrono::duration_cast<std::chrono::milliseconds>(wait).count();
    const int code = cv::waitKeyEx(static_cast<int>(std::max<decltype(wait_ms)>(1, wait_ms)));
    if (is_shown_ && cv::getWindowProperty(title_, cv::WND_PROP_VISIBLE) < 1) {
      is_closed_ = true;
      return closing_key();
    }
    return code < 0 ? std::nullopt : key_from_code(code, is_typing_);
  }

  void set_typing(bool is_typing) override { is_typing_ = is_typing; }

  void set_full_screen(bool is_full_screen) override {
    if (is_closed_) return;
    cv::setWindowProperty(title_, cv::WND_PROP_FULLSCREEN,
                          is_full_screen ? cv::WINDOW_FULLSCREEN : cv::WINDOW_NORMAL);
  }

 private:
  /// A text that is being typed must end too.
  int closing_key() const { return is_typing_ ? static_cast<int>(Key::kEscape) : 'q'; }

  static cv::Mat in_window_order(const cv::Mat& pixels, PixelFormat format) {
    cv::Mat bgr;
    if (format == PixelFormat::kRgb) cv::cvtColor(pixels, bgr, cv::COLOR_RGB2BGR);
    if (format == PixelFormat::kRgba) cv::cvtColor(pixels, bgr, cv::COLOR_RGBA2BGR);
    if (format == PixelFormat::kBgra) cv::cvtColor(pixels, bgr, cv::COLOR_BGRA2BGR);
    return bgr.empty() ? pixels : bgr;
  }

  std::string title_;
  int width_ = 0;  ///< of the last picture
  int height_ = 0;
  bool is_shown_ = false;
  bool is_closed_ = false;
  bool is_typing_ = false;
};

/// The window library ends the whole program when the display does not answer, so that is found
/// out before; null: it does not. X11's own library is loaded with the window library; its header
/// is not needed.
std::shared_ptr<void> x11_connection() {
  void* library = ::dlopen("libX11.so.6", RTLD_LAZY | RTLD_LOCAL);
  if (library == nullptr) return nullptr;
  const auto open = reinterpret_cast<void* (*)(const char*)>(::dlsym(library, "XOpenDisplay"));
  const auto close = reinterpret_cast<int (*)(void*)>(::dlsym(library, "XCloseDisplay"));
  void* display = open != nullptr && close != nullptr ? open(nullptr) : nullptr;
  if (display == nullptr) return nullptr;
  return {display, close};
}

bool has_display([[maybe_unused]] bool has_x11) {
#if defined(__linux__)
  const auto is_set = [](const char* name) {
    const char* value = std::getenv(name);
    return value != nullptr && *value != '\0';
  };
  if (is_set("DISPLAY")) return has_x11;
  return is_set("WAYLAND_DISPLAY") && is_set("XDG_RUNTIME_DIR");
#else
  return true;
#endif
}

}  // namespace

std::unique_ptr<Window> make_window(const std::string& title) {
  // Kept until the window is open: a server without other clients starts anew when its last one
  // goes, and refuses whoever comes in that moment.
  const std::shared_ptr<void> x11 = x11_connection();
  if (!has_display(x11 != nullptr)) return nullptr;
  quiet_show_libraries();
  ::setenv("QT_LOGGING_RULES", "*.debug=false;*.info=false;*.warning=false", 0);
  try {
    return std::make_unique<DesktopWindow>(title);
  } catch (const cv::Exception&) {
    return nullptr;
  }
}
#else
std::unique_ptr<Window> make_window(const std::string&) { return nullptr; }
#endif

}  // namespace kata
