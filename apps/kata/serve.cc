// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>
#include <spawn.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>

#include "commands.h"
#include "interrupt.h"
#include "kata/http/qr_code.h"
#include "kata/http/server.h"
#include "kata/input/frame_source.h"
#include "kata/landmark/landmarker.h"

namespace kata {
namespace {

struct ServeArguments {
  ServerOptions options;
  std::string camera;
  bool with_browser = true;
};

/// Where certificate and token stay between starts, as the XDG rules have it; empty without a home.
std::filesystem::path state_folder() {
  if (const char* chosen = std::getenv("XDG_STATE_HOME"); chosen != nullptr && *chosen == '/') {
    return std::filesystem::path(chosen) / "kata";
  }
  const char* home = std::getenv("HOME");
  return home != nullptr && *home == '/' ? std::filesystem::path(home) / ".local" / "state" / "kata"
                                         : std::filesystem::path();
}

/// Asks the desktop to open the page; where there is none, the address was printed anyway.
void open_in_browser(const std::string& address) {
  if (std::getenv("DISPLAY") == nullptr && std::getenv("WAYLAND_DISPLAY") == nullptr) return;
  std::string program = "xdg-open";
  std::string argument = address;
  char* const arguments[] = {program.data(), argument.data(), nullptr};
  pid_t child = 0;
  posix_spawnp(&child, program.c_str(), nullptr, nullptr, arguments, environ);
}

void run_serve(const ServeArguments& arguments) {
  ServerOptions options = arguments.options;
  options.state_folder = state_folder();
  if (!arguments.camera.empty())
    options.camera = [spec = arguments.camera] { return make_source(spec); };
  Server server(options, [] { return make_landmarker(); });
  if (server.recovered() > 0) {
    fmt::print("A take was interrupted last time; its {} repetitions are stored now.\n",
               server.recovered());
  }
  if (options.is_lan && isatty(STDOUT_FILENO) != 0) fmt::print("\n{}\n", qr_code(server.address()));
  fmt::print("Kata's studio: {}\n", server.address());
  if (options.is_lan) {
    fmt::print(
        "The link lets a device in. Browsers warn once: the certificate was made by this "
        "program.\n");
  }
  fmt::print("Ctrl-C ends it.\n");
  std::fflush(stdout);
  if (arguments.with_browser) open_in_browser(server.address());
  server.run(Interrupt::token());
}

}  // namespace

void add_serve(CLI::App& app) {
  auto arguments = std::make_shared<ServeArguments>();
  arguments->options.version = KATA_VERSION;
  CLI::App* command =
      app.add_subcommand("serve", "Open the studio in the browser for a folder of crafts");
  command
      ->add_option("FOLDER", arguments->options.folder,
                   "folder of craft files; made if it is not there")
      ->capture_default_str();
  command
      ->add_option("--port", arguments->options.port,
                   "port on this computer; 0 takes any that is free")
      ->capture_default_str();
  command->add_flag("--lan", arguments->options.is_lan,
                    "also for other devices of this network: https and a token");
  command
      ->add_option("--host-name", arguments->options.host_names,
                   "a name in the browser's address bar to answer to, besides localhost; may be "
                   "given again")
      ->allow_extra_args(false);
  command->add_option("--camera", arguments->camera,
                      "camera number (or SOURCE) of this computer, for browsers without a camera");
  command->add_flag("--new-token", arguments->options.with_new_token,
                    "with --lan: make a new link; devices let in before must use it");
  command->add_flag("--read-only", arguments->options.is_read_only,
                    "learners may learn, nothing can be changed");
  command
      ->add_option("--learners", arguments->options.most_learners,
                   "how many cameras are looked at at once")
      ->check(CLI::Range(1, 16))
      ->capture_default_str();
  command->add_flag("!--no-open", arguments->with_browser, "do not open a browser");
  command->callback([arguments] { run_serve(*arguments); });
}

}  // namespace kata
