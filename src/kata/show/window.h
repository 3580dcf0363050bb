// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "kata/core/image.h"
#include "kata/core/timestamp.h"

namespace kata {

/// Keys that are not characters; characters come as themselves in lower case, Esc as 'q'. While a
/// text is typed, kEnter and kEscape come too.
enum class Key : int { kLeft = 0x10000, kRight, kUp, kDown, kDelete, kEnter, kEscape };

/// A window on the desktop that shows pictures and gives keys. Use it from one thread.
class Window {
 public:
  virtual ~Window() = default;
  virtual void show(const ImageView& picture) = 0;
  /// Waits at most this long (≥ 0) for a key and lets the window draw itself. 'q' also when the
  /// user closed the window.
  virtual std::optional<int> key(Duration wait) = 0;
  virtual void set_typing(bool is_typing) = 0;
  virtual void set_full_screen(bool is_full_screen) = 0;
};

/// Null where there is no display or the program was built without windows.
std::unique_ptr<Window> make_window(const std::string& title);

}  // namespace kata
