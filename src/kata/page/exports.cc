// SPDX-License-Identifier: Apache-2.0
// What the Worker calls (web/page/module.js). Texts and pictures lie in memory that give()
// returned; what goes back is told by the imports `answered` and `told`.
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "kata/core/error.h"
#include "kata/core/image.h"
#include "kata/landmark/landmarker.h"
#include "kata/page/page_studio.h"
#include "kata/wire/http_message.h"

#define KATA_EXPORT(name) __attribute__((export_name(name)))
#define KATA_IMPORT(name) __attribute__((import_module("kata"), import_name(name)))

extern "C" {
/// A message for the tab.
KATA_IMPORT("told") void kata_told(const char* text, std::size_t size);
/// Of the call under way: status, Content-Type, name of the file (or nothing), body.
KATA_IMPORT("answered")
void kata_answered(int status, const char* type, std::size_t type_size, const char* head,
                   std::size_t head_size, const char* body, std::size_t body_size);
}

namespace {

using namespace kata;  // one file, one program

std::optional<PageStudio> studio;
std::string given;  ///< what the Worker writes before a call
LandmarkerOptions landmarker_options;

/// The pieces of what was given, in the order of their sizes.
std::string_view piece(std::size_t& at, std::size_t size) {
  const std::string_view text = std::string_view(given).substr(at, size);
  at += size;
  return text;
}

void answer_with(const HttpResponse& response) {
  std::string head;
  for (const auto& [name, value] : response.headers)
    if (name == "Content-Disposition") head = value;
  kata_answered(response.status, response.content_type.data(), response.content_type.size(),
                head.data(), head.size(), response.body.data(), response.body.size());
}

}  // namespace

extern "C" {

/// Room for so many bytes, until the next call.
KATA_EXPORT("give") char* kata_give(std::size_t size) {
  given.resize(size);
  return given.data();
}

/// `given`: the version. False, with an answer that says why, when the crafts cannot be opened.
KATA_EXPORT("open") int kata_open(int is_read_only, int is_lite) {
  landmarker_options.threads = 1;
  landmarker_options.model = is_lite != 0 ? LandmarkModel::kLite : LandmarkModel::kFull;
  try {
    PageOptions options;
    options.is_read_only = is_read_only != 0;
    options.version = given;
    studio.emplace(
        options, [] { return make_landmarker(landmarker_options); },
        [](const std::string& text) { kata_told(text.data(), text.size()); });
    return 1;
  } catch (const std::exception& problem) {
    answer_with(error_response(500, "failed", problem.what()));
    return 0;
  }
}

/// `given`: method, target, type of the body and the body, one after the other.
KATA_EXPORT("answer")
void kata_answer(std::size_t method, std::size_t target, std::size_t type, std::size_t body) {
  std::size_t at = 0;
  HttpRequest request;
  request.method = piece(at, method);
  const auto path = path_from_target(piece(at, target));
  request.content_type = piece(at, type);
  request.body = piece(at, body);
  if (!path) return answer_with(error_response(400, "invalid", "the address is not a plain path"));
  request.path = *path;
  answer_with(studio->answer(std::move(request)));
}

KATA_EXPORT("open_tab") void kata_open_tab() { studio->open_tab(); }
KATA_EXPORT("close_tab") void kata_close_tab() { studio->close_tab(); }
KATA_EXPORT("say") void kata_say() { studio->say(given); }
KATA_EXPORT("run_waiting") int kata_run_waiting() { return studio->run_waiting() ? 1 : 0; }
KATA_EXPORT("warm_up") void kata_warm_up() { studio->warm_up(); }

/// `given`: the pixels, four bytes each (red, green, blue, anything).
KATA_EXPORT("show") void kata_show(double time_s, int width, int height) {
  const auto* pixels = reinterpret_cast<const std::uint8_t*>(given.data());
  studio->show(time_s, ImageView{pixels, width, height, static_cast<std::size_t>(width) * 4,
                                 PixelFormat::kRgba});
}
}
