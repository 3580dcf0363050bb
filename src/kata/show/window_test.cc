// SPDX-License-Identifier: Apache-2.0
#include "kata/show/window.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <chrono>
#include <cstdlib>
#include <string>
#include <vector>

#include "tests/support/virtual_display.h"

namespace kata {
namespace {

using std::chrono::milliseconds;

TEST(Window, IsNotThereWithoutADisplay) {
  const char* display = std::getenv("DISPLAY");
  const std::string before = display == nullptr ? "" : display;
  ::unsetenv("DISPLAY");
  ::unsetenv("WAYLAND_DISPLAY");
  EXPECT_EQ(make_window("Kata"), nullptr);
  ::setenv("DISPLAY", ":4711", 1);
  EXPECT_EQ(make_window("Kata"), nullptr) << "a display that does not answer";
  if (display == nullptr) {
    ::unsetenv("DISPLAY");
  } else {
    ::setenv("DISPLAY", before.c_str(), 1);
  }
}

/// Presses keys one after the other and gives what the window reads.
std::vector<int> keys_read(Window& window, const test::VirtualDisplay& display,
                           const std::vector<std::string>& presses) {
  std::vector<int> read;
  for (const std::string& press : presses) {
    display.press(press);
    std::optional<int> key;
    for (int i = 0; i < 40 && !key; ++i) key = window.key(milliseconds(50));
    read.push_back(key.value_or(-1));
  }
  return read;
}

TEST(Window, ShowsPicturesAndReadsRealKeys) {
  const test::VirtualDisplay display;
  if (!display.is_there()) GTEST_SKIP() << "needs the programs Xvfb and xdotool";
  const auto window = make_window("Kata window test");
  if (!window) GTEST_SKIP() << "built without windows";
  Image red(320, 240, PixelFormat::kBgr);
  for (std::size_t i = 2; i < 320 * 240 * 3; i += 3) red.data()[i] = 255;
  for (int i = 0; i < 20; ++i) {
    window->show(red);
    window->key(milliseconds(20));
  }
  ASSERT_TRUE(display.focus("Kata window test"));
  EXPECT_EQ(display.colour_in_the_middle_of("Kata window test"), "255 0 0");
  EXPECT_EQ(
      keys_read(*window, display,
                {"m", "space", "q", "Escape", "Left", "Right", "Delete", "bracketleft", "shift+r"}),
      (std::vector<int>{'m', ' ', 'q', 'q', static_cast<int>(Key::kLeft),
                        static_cast<int>(Key::kRight), static_cast<int>(Key::kDelete), '[', 'r'}));
  window->set_typing(true);
  EXPECT_EQ(
      keys_read(*window, display, {"r", "q", "Return", "Escape"}),
      (std::vector<int>{'r', 'q', static_cast<int>(Key::kEnter), static_cast<int>(Key::kEscape)}));
  window->set_typing(false);
  window->set_full_screen(true);
  for (int i = 0; i < 10; ++i) window->key(milliseconds(20));
  window->set_full_screen(false);
  EXPECT_FALSE(window->key(milliseconds(1))) << "no key was pressed";
}

}  // namespace
}  // namespace kata
