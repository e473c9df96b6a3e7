/** Menus and popovers: Radix behaviour, our look. Never modal, so that the wheel and the keys of the screen live on. */
import { ContextMenu as RadixContext, Popover as RadixPopover } from 'radix-ui';
import type { ReactElement, ReactNode } from 'react';
import { Kbd } from './Kbd';
import './Menu.css';

interface MenuItem {
  readonly id: string;
  readonly label: string;
  readonly keys?: string | undefined;
  readonly isDisabled?: boolean;
  readonly onSelect: () => void;
}

/** Items in groups, parted by hairlines. */
export type MenuItems = readonly (readonly MenuItem[])[];

interface MenuProps {
  readonly items: MenuItems;
  /** One element that takes a ref. */
  readonly children: ReactElement;
}

/** A menu at the pointer, by the right button or the menu key. */
export function ContextMenu({ items, children }: MenuProps) {
  return (
    <RadixContext.Root modal={false}>
      <RadixContext.Trigger asChild disabled={items.length === 0}>
        {children}
      </RadixContext.Trigger>
      <RadixContext.Portal>
        <RadixContext.Content className="ui-menu" collisionPadding={8}>
          {items.map((group, index) => (
            <RadixContext.Group key={index} className="ui-menu-group">
              {group.map((item) => (
                <RadixContext.Item
                  key={item.id}
                  className="ui-menu-item"
                  disabled={item.isDisabled === true}
                  onSelect={item.onSelect}
                >
                  <MenuRow item={item} />
                </RadixContext.Item>
              ))}
            </RadixContext.Group>
          ))}
        </RadixContext.Content>
      </RadixContext.Portal>
    </RadixContext.Root>
  );
}

function MenuRow({ item }: { readonly item: MenuItem }) {
  return (
    <>
      <span className="ui-menu-label">{item.label}</span>
      {item.keys !== undefined && <Kbd keys={item.keys} />}
    </>
  );
}

export interface PopoverProps {
  /** One element that takes a ref. */
  readonly trigger: ReactElement;
  readonly label: string;
  readonly side?: 'top' | 'right' | 'bottom' | 'left';
  readonly align?: 'start' | 'center' | 'end';
  readonly children: ReactNode;
}

/** A small panel that opens from its trigger and closes by Escape or a click elsewhere. */
export function Popover({ trigger, label, side = 'bottom', align = 'start', children }: PopoverProps) {
  return (
    <RadixPopover.Root>
      <RadixPopover.Trigger asChild>{trigger}</RadixPopover.Trigger>
      <RadixPopover.Portal>
        <RadixPopover.Content
          className="ui-popover"
          aria-label={label}
          side={side}
          align={align}
          sideOffset={6}
          collisionPadding={8}
        >
          {children}
        </RadixPopover.Content>
      </RadixPopover.Portal>
    </RadixPopover.Root>
  );
}

/** Around a button of a popover that ends the choice. */
export function PopoverChoice({ children }: { readonly children: ReactElement }) {
  return <RadixPopover.Close asChild>{children}</RadixPopover.Close>;
}
