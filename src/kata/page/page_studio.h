// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "kata/core/image.h"
#include "kata/session/camera_tab.h"
#include "kata/session/landmarker_pool.h"
#include "kata/session/studio.h"
#include "kata/session/training_desk.h"
#include "kata/wire/craft_import.h"
#include "kata/wire/routes.h"

namespace kata {

struct PageOptions {
  std::filesystem::path crafts = "/crafts";
  bool is_read_only = false;  ///< a published craft, or another tab has the crafts
  std::string version;
};

/// A studio with one tab, for a page that has no server: the same calls, the same messages.
///
/// One thread. What the tab is told comes while a request or a picture is being handled.
class PageStudio {
 public:
  using Tell = std::function<void(const std::string& message)>;
  PageStudio(const PageOptions& options, LandmarkerPool::Maker maker, Tell tell);

  /// As the server answers; a file comes in `body` and goes out as a body.
  HttpResponse answer(HttpRequest request);
  /// A tab begins, or begins again: the one before it ends, and its take is stored.
  void open_tab();
  void close_tab();
  void say(std::string_view message);
  void show(double time_s, const ImageView& picture);
  /// Runs one job that was put off, such as training; false where none waits.
  bool run_waiting();
  /// Loads the networks before somebody waits for them.
  void warm_up();

 private:
  void tell(const LiveReply& reply) { tell_(to_json_text(reply)); }
  static std::string to_json_text(const LiveReply& reply);
  HttpResponse import(const std::string& bytes);

  Tell tell_;
  Studio studio_;
  std::deque<std::function<void()>> waiting_;
  TrainingDesk training_;
  LandmarkerPool pool_;
  Metrics metrics_;
  Service service_;
  std::unique_ptr<CameraTab> tab_;
};

}  // namespace kata
