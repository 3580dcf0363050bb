// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <thread>

namespace kata::test {

/// A display of its own (Xvfb) for tests of windows, with real key events (xdotool). DISPLAY points
/// to it while it lives.
class VirtualDisplay {
 public:
  VirtualDisplay() {
    if (run("command -v Xvfb").empty() || run("command -v xdotool").empty()) return;
    std::array<int, 2> ends{};
    if (::pipe(ends.data()) != 0) return;
    server_ = ::fork();
    if (server_ == 0) {
      const std::string report = std::to_string(ends[1]);
      ::close(ends[0]);
      if (std::freopen("/dev/null", "w", stderr) == nullptr) ::_exit(126);
      ::execlp("Xvfb", "Xvfb", "-displayfd", report.c_str(), "-screen", "0", "1280x800x24",
               "-nolisten", "tcp", "-noreset", static_cast<char*>(nullptr));
      ::_exit(127);
    }
    ::close(ends[1]);
    std::string number;  // the server says which display it took, once it is ready
    for (char c = 0; ::read(ends[0], &c, 1) == 1 && c != '\n';) number += c;
    ::close(ends[0]);
    if (number.empty()) return;
    const char* before = std::getenv("DISPLAY");
    before_ = before == nullptr ? "" : before;
    ::setenv("DISPLAY", (":" + number).c_str(), 1);
    is_there_ = true;
  }
  ~VirtualDisplay() {
    if (is_there_) {
      before_.empty() ? ::unsetenv("DISPLAY") : ::setenv("DISPLAY", before_.c_str(), 1);
    }
    if (server_ > 0) {
      ::kill(server_, SIGTERM);
      ::waitpid(server_, nullptr, 0);
    }
  }
  VirtualDisplay(const VirtualDisplay&) = delete;
  VirtualDisplay& operator=(const VirtualDisplay&) = delete;

  bool is_there() const { return is_there_; }

  /// Gives the keyboard to the window of this title; there is no window manager to do it.
  bool focus(const std::string& title) const {
    const std::string window = window_of(title);
    if (window.empty()) return false;
    run("xdotool windowfocus --sync " + window);
    return true;
  }
  /// A key by its X name: "q", "space", "Left", "shift+r".
  void press(const std::string& key) const { run("xdotool key --clearmodifiers " + key); }

  /// "R G B" of the screen where the middle of the window is; empty without the ffmpeg program.
  std::string colour_in_the_middle_of(const std::string& title) const {
    const std::string geometry = run("xdotool getwindowgeometry --shell " + window_of(title));
    const auto value = [&](const std::string& name) {
      const std::size_t at = geometry.find(name + "=");
      return at == std::string::npos ? 0 : std::atoi(geometry.c_str() + at + name.size() + 1);
    };
    const int x = value("X") + value("WIDTH") / 2;
    const int y = value("Y") + value("HEIGHT") / 2;
    std::string text = run(
        "ffmpeg -v error -f x11grab -video_size 2x2 -i $DISPLAY+" + std::to_string(x) + "," +
        std::to_string(y) +
        " -frames:v 1 -pix_fmt rgb24 -f rawvideo - | od -An -tu1 -N3 | tr -s ' ' | tr -d '\\n'");
    if (!text.empty() && text.front() == ' ') text.erase(0, 1);
    return text;
  }

 private:
  static std::string window_of(const std::string& title) {
    return run("xdotool search --onlyvisible --name '^" + title + "$' | tail -1");
  }
  static std::string run(const std::string& command) {
    std::string text;
    std::array<char, 256> buffer{};
    std::FILE* pipe = ::popen((command + " 2>/dev/null").c_str(), "r");
    if (pipe == nullptr) return {};
    while (std::fgets(buffer.data(), buffer.size(), pipe) != nullptr) text += buffer.data();
    static_cast<void>(::pclose(pipe));
    while (!text.empty() && text.back() == '\n') text.pop_back();
    return text;
  }

  ::pid_t server_ = 0;
  bool is_there_ = false;
  std::string before_;
};

}  // namespace kata::test
