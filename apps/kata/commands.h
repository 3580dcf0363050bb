// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace CLI {
class App;
}

namespace kata {

/// Each adds one subcommand to the program: its options and what runs when it is called.
void add_archive(CLI::App& app);
void add_check(CLI::App& app);
void add_compact(CLI::App& app);
void add_demo(CLI::App& app);
void add_evaluate(CLI::App& app);
void add_export(CLI::App& app);
void add_forget(CLI::App& app);
void add_import(CLI::App& app);
void add_label(CLI::App& app);
void add_list(CLI::App& app);
void add_merge(CLI::App& app);
void add_new(CLI::App& app);
void add_play(CLI::App& app);
void add_progress(CLI::App& app);
void add_publish(CLI::App& app);
void add_record(CLI::App& app);
void add_relabel(CLI::App& app);
void add_remove(CLI::App& app);
void add_rename(CLI::App& app);
void add_restore(CLI::App& app);
void add_show(CLI::App& app);
void add_serve(CLI::App& app);
void add_teach(CLI::App& app);
void add_track(CLI::App& app);
void add_train(CLI::App& app);
void add_watch(CLI::App& app);

}  // namespace kata
